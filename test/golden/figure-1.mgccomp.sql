-- A-WIT01/mirroring-endpoint (New-MirroringEndpoint.ps1)
--   Role = WITNESS
--   Port = 7022
--   Accounts = LAB\A-SQL01$,LAB\A-SQL02$,LAB\A-SQL03$,LAB\A-SQL04$
--   Administrators = none
CREATE ENDPOINT [mirroring_endpoint] AUTHORIZATION [sa] STATE = STARTED AS TCP (LISTENER_PORT = 7022, LISTENER_IP = ALL) FOR DATABASE_MIRRORING (AUTHENTICATION = WINDOWS NEGOTIATE, ENCRYPTION = REQUIRED ALGORITHM AES, ROLE = WITNESS)
CREATE LOGIN [LAB\A-SQL01$] FROM WINDOWS
CREATE LOGIN [LAB\A-SQL02$] FROM WINDOWS
CREATE LOGIN [LAB\A-SQL03$] FROM WINDOWS
CREATE LOGIN [LAB\A-SQL04$] FROM WINDOWS
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\A-SQL01$]
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\A-SQL02$]
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\A-SQL03$]
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\A-SQL04$]
IF SUSER_ID(N'LAB\A-SQL01$') IS NULL CREATE LOGIN [LAB\A-SQL01$] FROM WINDOWS; ALTER SERVER ROLE sysadmin ADD MEMBER [LAB\A-SQL01$];
IF SUSER_ID(N'LAB\A-SQL02$') IS NULL CREATE LOGIN [LAB\A-SQL02$] FROM WINDOWS; ALTER SERVER ROLE sysadmin ADD MEMBER [LAB\A-SQL02$];
IF SUSER_ID(N'LAB\A-SQL03$') IS NULL CREATE LOGIN [LAB\A-SQL03$] FROM WINDOWS; ALTER SERVER ROLE sysadmin ADD MEMBER [LAB\A-SQL03$];
IF SUSER_ID(N'LAB\A-SQL04$') IS NULL CREATE LOGIN [LAB\A-SQL04$] FROM WINDOWS; ALTER SERVER ROLE sysadmin ADD MEMBER [LAB\A-SQL04$];

-- B-WIT01/mirroring-endpoint (New-MirroringEndpoint.ps1)
--   Role = WITNESS
--   Port = 7022
--   Accounts = LAB\B-SQL01$,LAB\B-SQL02$,LAB\B-SQL03$,LAB\B-SQL04$
--   Administrators = none
CREATE ENDPOINT [mirroring_endpoint] AUTHORIZATION [sa] STATE = STARTED AS TCP (LISTENER_PORT = 7022, LISTENER_IP = ALL) FOR DATABASE_MIRRORING (AUTHENTICATION = WINDOWS NEGOTIATE, ENCRYPTION = REQUIRED ALGORITHM AES, ROLE = WITNESS)
CREATE LOGIN [LAB\B-SQL01$] FROM WINDOWS
CREATE LOGIN [LAB\B-SQL02$] FROM WINDOWS
CREATE LOGIN [LAB\B-SQL03$] FROM WINDOWS
CREATE LOGIN [LAB\B-SQL04$] FROM WINDOWS
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\B-SQL01$]
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\B-SQL02$]
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\B-SQL03$]
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\B-SQL04$]
IF SUSER_ID(N'LAB\B-SQL01$') IS NULL CREATE LOGIN [LAB\B-SQL01$] FROM WINDOWS; ALTER SERVER ROLE sysadmin ADD MEMBER [LAB\B-SQL01$];
IF SUSER_ID(N'LAB\B-SQL02$') IS NULL CREATE LOGIN [LAB\B-SQL02$] FROM WINDOWS; ALTER SERVER ROLE sysadmin ADD MEMBER [LAB\B-SQL02$];
IF SUSER_ID(N'LAB\B-SQL03$') IS NULL CREATE LOGIN [LAB\B-SQL03$] FROM WINDOWS; ALTER SERVER ROLE sysadmin ADD MEMBER [LAB\B-SQL03$];
IF SUSER_ID(N'LAB\B-SQL04$') IS NULL CREATE LOGIN [LAB\B-SQL04$] FROM WINDOWS; ALTER SERVER ROLE sysadmin ADD MEMBER [LAB\B-SQL04$];

-- A-SQL03/mirroring-endpoint (New-MirroringEndpoint.ps1)
--   Role = PARTNER
--   Port = 5022
--   Accounts = LAB\A-SQL04$,LAB\A-WIT01$
--   Administrators = LAB\A-SQL04$,LAB\B-SQL03$
CREATE ENDPOINT [mirroring_endpoint] AUTHORIZATION [sa] STATE = STARTED AS TCP (LISTENER_PORT = 5022, LISTENER_IP = ALL) FOR DATABASE_MIRRORING (AUTHENTICATION = WINDOWS NEGOTIATE, ENCRYPTION = REQUIRED ALGORITHM AES, ROLE = PARTNER)
CREATE LOGIN [LAB\A-SQL04$] FROM WINDOWS
CREATE LOGIN [LAB\A-WIT01$] FROM WINDOWS
CREATE LOGIN [LAB\B-SQL03$] FROM WINDOWS
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\A-SQL04$]
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\A-WIT01$]
IF SUSER_ID(N'LAB\A-SQL04$') IS NULL CREATE LOGIN [LAB\A-SQL04$] FROM WINDOWS; ALTER SERVER ROLE sysadmin ADD MEMBER [LAB\A-SQL04$];
IF SUSER_ID(N'LAB\A-WIT01$') IS NULL CREATE LOGIN [LAB\A-WIT01$] FROM WINDOWS; ALTER SERVER ROLE sysadmin ADD MEMBER [LAB\A-WIT01$];
IF SUSER_ID(N'LAB\B-SQL03$') IS NULL CREATE LOGIN [LAB\B-SQL03$] FROM WINDOWS; ALTER SERVER ROLE sysadmin ADD MEMBER [LAB\B-SQL03$];

-- A-SQL04/mirroring-endpoint (New-MirroringEndpoint.ps1)
--   Role = PARTNER
--   Port = 5022
--   Accounts = LAB\A-SQL03$,LAB\A-WIT01$
--   Administrators = LAB\A-SQL03$,LAB\B-SQL03$
CREATE ENDPOINT [mirroring_endpoint] AUTHORIZATION [sa] STATE = STARTED AS TCP (LISTENER_PORT = 5022, LISTENER_IP = ALL) FOR DATABASE_MIRRORING (AUTHENTICATION = WINDOWS NEGOTIATE, ENCRYPTION = REQUIRED ALGORITHM AES, ROLE = PARTNER)
CREATE LOGIN [LAB\A-SQL03$] FROM WINDOWS
CREATE LOGIN [LAB\A-WIT01$] FROM WINDOWS
CREATE LOGIN [LAB\B-SQL03$] FROM WINDOWS
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\A-SQL03$]
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\A-WIT01$]
IF SUSER_ID(N'LAB\A-SQL03$') IS NULL CREATE LOGIN [LAB\A-SQL03$] FROM WINDOWS; ALTER SERVER ROLE sysadmin ADD MEMBER [LAB\A-SQL03$];
IF SUSER_ID(N'LAB\A-WIT01$') IS NULL CREATE LOGIN [LAB\A-WIT01$] FROM WINDOWS; ALTER SERVER ROLE sysadmin ADD MEMBER [LAB\A-WIT01$];
IF SUSER_ID(N'LAB\B-SQL03$') IS NULL CREATE LOGIN [LAB\B-SQL03$] FROM WINDOWS; ALTER SERVER ROLE sysadmin ADD MEMBER [LAB\B-SQL03$];

-- B-SQL03/mirroring-endpoint (New-MirroringEndpoint.ps1)
--   Role = PARTNER
--   Port = 5022
--   Accounts = LAB\B-SQL04$,LAB\B-WIT01$
--   Administrators = none
CREATE ENDPOINT [mirroring_endpoint] AUTHORIZATION [sa] STATE = STARTED AS TCP (LISTENER_PORT = 5022, LISTENER_IP = ALL) FOR DATABASE_MIRRORING (AUTHENTICATION = WINDOWS NEGOTIATE, ENCRYPTION = REQUIRED ALGORITHM AES, ROLE = PARTNER)
CREATE LOGIN [LAB\B-SQL04$] FROM WINDOWS
CREATE LOGIN [LAB\B-WIT01$] FROM WINDOWS
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\B-SQL04$]
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\B-WIT01$]
IF SUSER_ID(N'LAB\B-SQL04$') IS NULL CREATE LOGIN [LAB\B-SQL04$] FROM WINDOWS; ALTER SERVER ROLE sysadmin ADD MEMBER [LAB\B-SQL04$];
IF SUSER_ID(N'LAB\B-WIT01$') IS NULL CREATE LOGIN [LAB\B-WIT01$] FROM WINDOWS; ALTER SERVER ROLE sysadmin ADD MEMBER [LAB\B-WIT01$];

-- B-SQL04/mirroring-endpoint (New-MirroringEndpoint.ps1)
--   Role = PARTNER
--   Port = 5022
--   Accounts = LAB\B-SQL03$,LAB\B-WIT01$
--   Administrators = none
CREATE ENDPOINT [mirroring_endpoint] AUTHORIZATION [sa] STATE = STARTED AS TCP (LISTENER_PORT = 5022, LISTENER_IP = ALL) FOR DATABASE_MIRRORING (AUTHENTICATION = WINDOWS NEGOTIATE, ENCRYPTION = REQUIRED ALGORITHM AES, ROLE = PARTNER)
CREATE LOGIN [LAB\B-SQL03$] FROM WINDOWS
CREATE LOGIN [LAB\B-WIT01$] FROM WINDOWS
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\B-SQL03$]
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\B-WIT01$]
IF SUSER_ID(N'LAB\B-SQL03$') IS NULL CREATE LOGIN [LAB\B-SQL03$] FROM WINDOWS; ALTER SERVER ROLE sysadmin ADD MEMBER [LAB\B-SQL03$];
IF SUSER_ID(N'LAB\B-WIT01$') IS NULL CREATE LOGIN [LAB\B-WIT01$] FROM WINDOWS; ALTER SERVER ROLE sysadmin ADD MEMBER [LAB\B-WIT01$];

-- A-SQL03/mgccomp-database (New-PlaceholderDatabase.ps1)
--   Database = mgccomp
--   DataPath = F:\Data
--   LogPath = G:\Log
--   Partner = a-sql04.lab.test
CREATE DATABASE [mgccomp] ON (FILENAME = N'F:\Data\mgccomp.mdf'), (FILENAME = N'G:\Log\mgccomp.ldf') FOR ATTACH
CREATE DATABASE [mgccomp] ON PRIMARY (NAME = [mgccomp], FILENAME = N'F:\Data\mgccomp.mdf') LOG ON (NAME = [mgccomp_log], FILENAME = N'G:\Log\mgccomp.ldf')
ALTER DATABASE [mgccomp] SET RECOVERY FULL
CREATE TABLE [mgccomp].dbo.Heartbeat (Seq bigint IDENTITY PRIMARY KEY, AtUtc datetime2 NOT NULL DEFAULT SYSUTCDATETIME())
EXEC [mgccomp].sys.sp_addextendedproperty @name = N'lab.managed', @value = N'placeholder'

-- A-SQL04/mgccomp-mirroring (Set-Mirroring.ps1)
--   Database = mgccomp
--   Folder = \\b-fs01.lab.test\LsBackup\mgccomp
--   Address = TCP://a-sql04.lab.test:5022
--   Partner = TCP://a-sql03.lab.test:5022
--   Witness = TCP://a-wit01.lab.test:7022
ALTER DATABASE [mgccomp] SET PARTNER OFF
-- to a-sql03.lab.test
IF EXISTS (SELECT 1 FROM msdb.dbo.sysjobs WHERE name = @job) EXEC msdb.dbo.sp_update_job @job_name = @job, @enabled = @enabled;
-- to a-sql03.lab.test
ALTER DATABASE [mgccomp] SET PARTNER OFF
-- to a-sql03.lab.test
ALTER DATABASE [mgccomp] SET RECOVERY FULL
-- to a-sql03.lab.test
BACKUP DATABASE [mgccomp] TO DISK = N'\\b-fs01.lab.test\LsBackup\mgccomp\seed_mgccomp_A-SQL04.bak' WITH INIT, CHECKSUM
-- to a-sql03.lab.test
BACKUP LOG [mgccomp] TO DISK = N'\\b-fs01.lab.test\LsBackup\mgccomp\seed_mgccomp_A-SQL04.log.bak' WITH COPY_ONLY, INIT, CHECKSUM
RESTORE VERIFYONLY FROM DISK = N'\\b-fs01.lab.test\LsBackup\mgccomp\seed_mgccomp_A-SQL04.bak'
RESTORE FILELISTONLY FROM DISK = N'\\b-fs01.lab.test\LsBackup\mgccomp\seed_mgccomp_A-SQL04.bak'
RESTORE DATABASE [mgccomp] FROM DISK = N'\\b-fs01.lab.test\LsBackup\mgccomp\seed_mgccomp_A-SQL04.bak' WITH NORECOVERY, REPLACE
RESTORE LOG [mgccomp] FROM DISK = N'\\b-fs01.lab.test\LsBackup\mgccomp\seed_mgccomp_A-SQL04.log.bak' WITH NORECOVERY
ALTER DATABASE [mgccomp] SET PARTNER = N'TCP://a-sql03.lab.test:5022'
-- to a-sql03.lab.test
ALTER DATABASE [mgccomp] SET PARTNER = N'TCP://a-sql04.lab.test:5022'
-- to a-sql03.lab.test
IF EXISTS (SELECT 1 FROM msdb.dbo.sysjobs WHERE name = @job) EXEC msdb.dbo.sp_update_job @job_name = @job, @enabled = @enabled;
CREATE LOGIN [$row.name] WITH PASSWORD = 0x00 HASHED, SID = 0x00, CHECK_POLICY = OFF
CREATE LOGIN [$row.name] FROM WINDOWS
-- to $principal
ALTER DATABASE [mgccomp] SET WITNESS OFF
-- to $principal
ALTER DATABASE [mgccomp] SET WITNESS = N'TCP://a-wit01.lab.test:7022'

-- A-SQL03/mgccomp-mirroring (Set-Mirroring.ps1)
--   Database = mgccomp
--   Folder = \\b-fs01.lab.test\LsBackup\mgccomp
--   Address = TCP://a-sql03.lab.test:5022
--   Partner = TCP://a-sql04.lab.test:5022
--   Witness = TCP://a-wit01.lab.test:7022
ALTER DATABASE [mgccomp] SET PARTNER OFF
-- to a-sql04.lab.test
IF EXISTS (SELECT 1 FROM msdb.dbo.sysjobs WHERE name = @job) EXEC msdb.dbo.sp_update_job @job_name = @job, @enabled = @enabled;
-- to a-sql04.lab.test
ALTER DATABASE [mgccomp] SET PARTNER OFF
-- to a-sql04.lab.test
ALTER DATABASE [mgccomp] SET RECOVERY FULL
-- to a-sql04.lab.test
BACKUP DATABASE [mgccomp] TO DISK = N'\\b-fs01.lab.test\LsBackup\mgccomp\seed_mgccomp_A-SQL03.bak' WITH INIT, CHECKSUM
-- to a-sql04.lab.test
BACKUP LOG [mgccomp] TO DISK = N'\\b-fs01.lab.test\LsBackup\mgccomp\seed_mgccomp_A-SQL03.log.bak' WITH COPY_ONLY, INIT, CHECKSUM
RESTORE VERIFYONLY FROM DISK = N'\\b-fs01.lab.test\LsBackup\mgccomp\seed_mgccomp_A-SQL03.bak'
RESTORE FILELISTONLY FROM DISK = N'\\b-fs01.lab.test\LsBackup\mgccomp\seed_mgccomp_A-SQL03.bak'
RESTORE DATABASE [mgccomp] FROM DISK = N'\\b-fs01.lab.test\LsBackup\mgccomp\seed_mgccomp_A-SQL03.bak' WITH NORECOVERY, REPLACE
RESTORE LOG [mgccomp] FROM DISK = N'\\b-fs01.lab.test\LsBackup\mgccomp\seed_mgccomp_A-SQL03.log.bak' WITH NORECOVERY
ALTER DATABASE [mgccomp] SET PARTNER = N'TCP://a-sql04.lab.test:5022'
-- to a-sql04.lab.test
ALTER DATABASE [mgccomp] SET PARTNER = N'TCP://a-sql03.lab.test:5022'
-- to a-sql04.lab.test
IF EXISTS (SELECT 1 FROM msdb.dbo.sysjobs WHERE name = @job) EXEC msdb.dbo.sp_update_job @job_name = @job, @enabled = @enabled;
CREATE LOGIN [$row.name] WITH PASSWORD = 0x00 HASHED, SID = 0x00, CHECK_POLICY = OFF
CREATE LOGIN [$row.name] FROM WINDOWS
-- to $principal
ALTER DATABASE [mgccomp] SET WITNESS OFF
-- to $principal
ALTER DATABASE [mgccomp] SET WITNESS = N'TCP://a-wit01.lab.test:7022'

-- A-SQL03/mgccomp-heartbeat (Set-Heartbeat.ps1)
--   Database = mgccomp
BEGIN TRANSACTION;
DECLARE @job uniqueidentifier;
EXEC msdb.dbo.sp_add_job @job_name = @name, @enabled = 0, @owner_login_name = N'sa', @job_id = @job OUTPUT;
EXEC msdb.dbo.sp_add_jobstep @job_id = @job, @step_name = N'write', @subsystem = N'TSQL', @database_name = N'master', @command = @command;
EXEC msdb.dbo.sp_add_jobserver @job_id = @job, @server_name = N'(local)';
COMMIT;
DECLARE @made int;
EXEC msdb.dbo.sp_add_schedule @schedule_name = @name, @enabled = 1, @freq_type = 4, @freq_interval = 1, @freq_subday_type = @unit,
    @freq_subday_interval = @every, @freq_recurrence_factor = 0, @active_start_time = 0, @active_end_time = 235959, @schedule_id = @made OUTPUT;
EXEC msdb.dbo.sp_attach_schedule @job_id = @job, @schedule_id = @made;
EXEC msdb.dbo.sp_update_schedule @schedule_id = @schedule, @freq_subday_interval = @every
EXEC msdb.dbo.sp_update_job @job_id = @job, @enabled = 1

-- A-SQL04/mgccomp-heartbeat (Set-Heartbeat.ps1)
--   Database = mgccomp
BEGIN TRANSACTION;
DECLARE @job uniqueidentifier;
EXEC msdb.dbo.sp_add_job @job_name = @name, @enabled = 0, @owner_login_name = N'sa', @job_id = @job OUTPUT;
EXEC msdb.dbo.sp_add_jobstep @job_id = @job, @step_name = N'write', @subsystem = N'TSQL', @database_name = N'master', @command = @command;
EXEC msdb.dbo.sp_add_jobserver @job_id = @job, @server_name = N'(local)';
COMMIT;
DECLARE @made int;
EXEC msdb.dbo.sp_add_schedule @schedule_name = @name, @enabled = 1, @freq_type = 4, @freq_interval = 1, @freq_subday_type = @unit,
    @freq_subday_interval = @every, @freq_recurrence_factor = 0, @active_start_time = 0, @active_end_time = 235959, @schedule_id = @made OUTPUT;
EXEC msdb.dbo.sp_attach_schedule @job_id = @job, @schedule_id = @made;
EXEC msdb.dbo.sp_update_schedule @schedule_id = @schedule, @freq_subday_interval = @every
EXEC msdb.dbo.sp_update_job @job_id = @job, @enabled = 1

-- A-SQL03/mgccomp-log-shipping-primary (Set-LogShippingPrimary.ps1)
--   Database = mgccomp
--   Partner = a-sql04.lab.test
--   BackupShare = \\b-fs01.lab.test\LsBackup\mgccomp
--   Secondary = B-SQL03
--   IntervalMinutes = 15
--   RetentionMinutes = 4320
--   BackupAlertMinutes = 60
-- to a-sql04.lab.test
ALTER DATABASE [mgccomp] SET PARTNER FAILOVER
DECLARE @job_id uniqueidentifier, @primary_id uniqueidentifier;
EXEC master.dbo.sp_add_log_shipping_primary_database @database = @database, @backup_directory = @folder, @backup_share = @folder, @backup_job_name = @job,
    @backup_retention_period = @retention, @backup_compression = 2, @backup_threshold = @alert, @threshold_alert_enabled = 1,
    @history_retention_period = 5760, @backup_job_id = @job_id OUTPUT, @primary_id = @primary_id OUTPUT;
ALTER DATABASE [mgccomp] SET PARTNER FAILOVER
EXEC master.dbo.sp_change_log_shipping_primary_database @database = @database, @backup_directory = @folder, @backup_share = @folder,
    @backup_retention_period = @retention, @backup_threshold = @alert, @threshold_alert_enabled = 1;
EXEC master.dbo.sp_add_log_shipping_primary_secondary @primary_database = @database, @secondary_server = @secondary, @secondary_database = @database
DECLARE @made int;
EXEC msdb.dbo.sp_add_schedule @schedule_name = @name, @enabled = 1, @freq_type = 4, @freq_interval = 1, @freq_subday_type = @unit,
    @freq_subday_interval = @every, @freq_recurrence_factor = 0, @active_start_time = 0, @active_end_time = 235959, @schedule_id = @made OUTPUT;
EXEC msdb.dbo.sp_attach_schedule @job_id = @job, @schedule_id = @made;
EXEC msdb.dbo.sp_update_schedule @schedule_id = @schedule, @freq_subday_interval = @every
EXEC msdb.dbo.sp_update_job @job_id = @job, @enabled = 1
EXEC sp_getapplock @Resource = N'persistent-chat-lab alert job', @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = 60000;
IF NOT EXISTS (SELECT 1 FROM msdb.dbo.log_shipping_monitor_alert) EXEC master.dbo.sp_add_log_shipping_alert_job;
EXEC sp_releaseapplock @Resource = N'persistent-chat-lab alert job', @LockOwner = 'Session';

-- B-SQL03/mgccomp-log-shipping-secondary (Set-LogShippingSecondary.ps1)
--   Database = mgccomp
--   Primary = A-SQL03
--   Partners = a-sql03.lab.test,a-sql04.lab.test
--   BackupShare = \\b-fs01.lab.test\LsBackup\mgccomp
--   CopyFolder = F:\LsCopy\mgccomp
--   IntervalMinutes = 15
--   RetentionMinutes = 4320
--   RestoreAlertMinutes = 45
-- to $principal
ALTER DATABASE [mgccomp] SET RECOVERY FULL
-- to $principal
BACKUP DATABASE [mgccomp] TO DISK = N'\\b-fs01.lab.test\LsBackup\mgccomp\seed_mgccomp_B-SQL03.bak' WITH INIT, CHECKSUM
-- to $principal
BACKUP LOG [mgccomp] TO DISK = N'\\b-fs01.lab.test\LsBackup\mgccomp\seed_mgccomp_B-SQL03.log.bak' WITH COPY_ONLY, INIT, CHECKSUM
RESTORE VERIFYONLY FROM DISK = N'\\b-fs01.lab.test\LsBackup\mgccomp\seed_mgccomp_B-SQL03.bak'
RESTORE FILELISTONLY FROM DISK = N'\\b-fs01.lab.test\LsBackup\mgccomp\seed_mgccomp_B-SQL03.bak'
RESTORE DATABASE [mgccomp] FROM DISK = N'\\b-fs01.lab.test\LsBackup\mgccomp\seed_mgccomp_B-SQL03.bak' WITH NORECOVERY, REPLACE
RESTORE LOG [mgccomp] FROM DISK = N'\\b-fs01.lab.test\LsBackup\mgccomp\seed_mgccomp_B-SQL03.log.bak' WITH NORECOVERY
CREATE LOGIN [$row.name] WITH PASSWORD = 0x00 HASHED, SID = 0x00, CHECK_POLICY = OFF
CREATE LOGIN [$row.name] FROM WINDOWS
DECLARE @copy_id uniqueidentifier, @restore_id uniqueidentifier, @secondary_id uniqueidentifier;
EXEC master.dbo.sp_add_log_shipping_secondary_primary @primary_server = @primary, @primary_database = @database, @backup_source_directory = @share,
    @backup_destination_directory = @folder, @copy_job_name = @copy, @restore_job_name = @restore, @file_retention_period = @retention,
    @copy_job_id = @copy_id OUTPUT, @restore_job_id = @restore_id OUTPUT, @secondary_id = @secondary_id OUTPUT;
EXEC master.dbo.sp_change_log_shipping_secondary_primary @primary_server = @primary, @primary_database = @database, @backup_source_directory = @share, @backup_destination_directory = @folder, @file_retention_period = @retention;
EXEC master.dbo.sp_add_log_shipping_secondary_database @secondary_database = @database, @primary_server = @primary, @primary_database = @database,
    @restore_delay = 0, @restore_all = 1, @restore_mode = 0, @disconnect_users = 0, @restore_threshold = @alert, @threshold_alert_enabled = 1;
EXEC master.dbo.sp_change_log_shipping_secondary_database @secondary_database = @database, @restore_threshold = @alert, @threshold_alert_enabled = 1;
DECLARE @made int;
EXEC msdb.dbo.sp_add_schedule @schedule_name = @name, @enabled = 1, @freq_type = 4, @freq_interval = 1, @freq_subday_type = @unit,
    @freq_subday_interval = @every, @freq_recurrence_factor = 0, @active_start_time = 0, @active_end_time = 235959, @schedule_id = @made OUTPUT;
EXEC msdb.dbo.sp_attach_schedule @job_id = @job, @schedule_id = @made;
EXEC msdb.dbo.sp_update_schedule @schedule_id = @schedule, @freq_subday_interval = @every
EXEC msdb.dbo.sp_update_job @job_id = @job, @enabled = 1
DECLARE @made int;
EXEC msdb.dbo.sp_add_schedule @schedule_name = @name, @enabled = 1, @freq_type = 4, @freq_interval = 1, @freq_subday_type = @unit,
    @freq_subday_interval = @every, @freq_recurrence_factor = 0, @active_start_time = 0, @active_end_time = 235959, @schedule_id = @made OUTPUT;
EXEC msdb.dbo.sp_attach_schedule @job_id = @job, @schedule_id = @made;
EXEC msdb.dbo.sp_update_schedule @schedule_id = @schedule, @freq_subday_interval = @every
EXEC msdb.dbo.sp_update_job @job_id = @job, @enabled = 1
EXEC sp_getapplock @Resource = N'persistent-chat-lab alert job', @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = 60000;
IF NOT EXISTS (SELECT 1 FROM msdb.dbo.log_shipping_monitor_alert) EXEC master.dbo.sp_add_log_shipping_alert_job;
EXEC sp_releaseapplock @Resource = N'persistent-chat-lab alert job', @LockOwner = 'Session';

-- A-SQL04/mgccomp-log-shipping-mirror (Set-LogShippingPrimary.ps1)
--   Database = mgccomp
--   Partner = a-sql03.lab.test
--   BackupShare = \\b-fs01.lab.test\LsBackup\mgccomp
--   Secondary = B-SQL03
--   IntervalMinutes = 15
--   RetentionMinutes = 4320
--   BackupAlertMinutes = 60
-- to a-sql03.lab.test
ALTER DATABASE [mgccomp] SET PARTNER FAILOVER
DECLARE @job_id uniqueidentifier, @primary_id uniqueidentifier;
EXEC master.dbo.sp_add_log_shipping_primary_database @database = @database, @backup_directory = @folder, @backup_share = @folder, @backup_job_name = @job,
    @backup_retention_period = @retention, @backup_compression = 2, @backup_threshold = @alert, @threshold_alert_enabled = 1,
    @history_retention_period = 5760, @backup_job_id = @job_id OUTPUT, @primary_id = @primary_id OUTPUT;
ALTER DATABASE [mgccomp] SET PARTNER FAILOVER
EXEC master.dbo.sp_change_log_shipping_primary_database @database = @database, @backup_directory = @folder, @backup_share = @folder,
    @backup_retention_period = @retention, @backup_threshold = @alert, @threshold_alert_enabled = 1;
EXEC master.dbo.sp_add_log_shipping_primary_secondary @primary_database = @database, @secondary_server = @secondary, @secondary_database = @database
DECLARE @made int;
EXEC msdb.dbo.sp_add_schedule @schedule_name = @name, @enabled = 1, @freq_type = 4, @freq_interval = 1, @freq_subday_type = @unit,
    @freq_subday_interval = @every, @freq_recurrence_factor = 0, @active_start_time = 0, @active_end_time = 235959, @schedule_id = @made OUTPUT;
EXEC msdb.dbo.sp_attach_schedule @job_id = @job, @schedule_id = @made;
EXEC msdb.dbo.sp_update_schedule @schedule_id = @schedule, @freq_subday_interval = @every
EXEC msdb.dbo.sp_update_job @job_id = @job, @enabled = 1
EXEC sp_getapplock @Resource = N'persistent-chat-lab alert job', @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = 60000;
IF NOT EXISTS (SELECT 1 FROM msdb.dbo.log_shipping_monitor_alert) EXEC master.dbo.sp_add_log_shipping_alert_job;
EXEC sp_releaseapplock @Resource = N'persistent-chat-lab alert job', @LockOwner = 'Session';
