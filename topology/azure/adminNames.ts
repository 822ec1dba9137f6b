/** Names that Azure refuses for the administrator of a Windows machine: https://learn.microsoft.com/azure/virtual-machines/windows/faq */
export const reservedAdminNames: readonly string[] =
  "1 123 a actuser adm admin admin1 admin2 administrator aspnet backup console david guest john owner root server sql support support_388945a0 sys test test1 test2 test3 user user1 user2 user3 user4 user5".split(
    " ",
  );
