/** Names that Azure refuses for the administrator of a Windows machine: https://learn.microsoft.com/azure/virtual-machines/windows/faq */
export const reservedAdminNames: readonly string[] =
  "1 123 a actuser adm admin admin1 admin2 administrator aspnet backup console david guest john owner root server sql support support_388945a0 sys test test1 test2 test3 user user1 user2 user3 user4 user5".split(
    " ",
  );

/**
 * Accounts and groups that a new domain has already: the administrator becomes an account of the domain, and their names are one set.
 * https://learn.microsoft.com/windows-server/identity/ad-ds/manage/understand-security-groups
 */
export const domainAccounts: readonly string[] =
  "administrators backup batch creator defaultaccount dialup dnsadmins dnsupdateproxy everyone guests iis_iusrs interactive krbtgt local network none nobody proxy replicator self service system users wdagutilityaccount world".split(
    " ",
  );
