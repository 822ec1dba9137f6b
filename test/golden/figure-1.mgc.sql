-- A-SQL01/mirroring-endpoint (New-MirroringEndpoint.ps1)
--   Role = PARTNER
--   Port = 5022
--   Accounts = LAB\A-SQL02$,LAB\A-WIT01$
--   Administrators = LAB\A-SQL02$,LAB\B-SQL01$
CREATE ENDPOINT [mirroring_endpoint] AUTHORIZATION [sa] STATE = STARTED AS TCP (LISTENER_PORT = 5022, LISTENER_IP = ALL) FOR DATABASE_MIRRORING (AUTHENTICATION = WINDOWS NEGOTIATE, ENCRYPTION = REQUIRED ALGORITHM AES, ROLE = PARTNER)
ALTER ENDPOINT [mirroring_endpoint] STATE = STARTED
CREATE LOGIN [LAB\A-SQL02$] FROM WINDOWS
CREATE LOGIN [LAB\A-WIT01$] FROM WINDOWS
CREATE LOGIN [LAB\B-SQL01$] FROM WINDOWS
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\A-SQL02$]
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\A-WIT01$]
IF SUSER_ID(N'LAB\A-SQL02$') IS NULL CREATE LOGIN [LAB\A-SQL02$] FROM WINDOWS; ALTER SERVER ROLE sysadmin ADD MEMBER [LAB\A-SQL02$];
IF SUSER_ID(N'LAB\A-WIT01$') IS NULL CREATE LOGIN [LAB\A-WIT01$] FROM WINDOWS; ALTER SERVER ROLE sysadmin ADD MEMBER [LAB\A-WIT01$];
IF SUSER_ID(N'LAB\B-SQL01$') IS NULL CREATE LOGIN [LAB\B-SQL01$] FROM WINDOWS; ALTER SERVER ROLE sysadmin ADD MEMBER [LAB\B-SQL01$];

-- A-SQL02/mirroring-endpoint (New-MirroringEndpoint.ps1)
--   Role = PARTNER
--   Port = 5022
--   Accounts = LAB\A-SQL01$,LAB\A-WIT01$
--   Administrators = LAB\A-SQL01$,LAB\B-SQL01$
CREATE ENDPOINT [mirroring_endpoint] AUTHORIZATION [sa] STATE = STARTED AS TCP (LISTENER_PORT = 5022, LISTENER_IP = ALL) FOR DATABASE_MIRRORING (AUTHENTICATION = WINDOWS NEGOTIATE, ENCRYPTION = REQUIRED ALGORITHM AES, ROLE = PARTNER)
ALTER ENDPOINT [mirroring_endpoint] STATE = STARTED
CREATE LOGIN [LAB\A-SQL01$] FROM WINDOWS
CREATE LOGIN [LAB\A-WIT01$] FROM WINDOWS
CREATE LOGIN [LAB\B-SQL01$] FROM WINDOWS
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\A-SQL01$]
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\A-WIT01$]
IF SUSER_ID(N'LAB\A-SQL01$') IS NULL CREATE LOGIN [LAB\A-SQL01$] FROM WINDOWS; ALTER SERVER ROLE sysadmin ADD MEMBER [LAB\A-SQL01$];
IF SUSER_ID(N'LAB\A-WIT01$') IS NULL CREATE LOGIN [LAB\A-WIT01$] FROM WINDOWS; ALTER SERVER ROLE sysadmin ADD MEMBER [LAB\A-WIT01$];
IF SUSER_ID(N'LAB\B-SQL01$') IS NULL CREATE LOGIN [LAB\B-SQL01$] FROM WINDOWS; ALTER SERVER ROLE sysadmin ADD MEMBER [LAB\B-SQL01$];

-- A-WIT01/mirroring-endpoint (New-MirroringEndpoint.ps1)
--   Role = WITNESS
--   Port = 7022
--   Accounts = LAB\A-SQL01$,LAB\A-SQL02$,LAB\A-SQL03$,LAB\A-SQL04$
--   Administrators = none
CREATE ENDPOINT [mirroring_endpoint] AUTHORIZATION [sa] STATE = STARTED AS TCP (LISTENER_PORT = 7022, LISTENER_IP = ALL) FOR DATABASE_MIRRORING (AUTHENTICATION = WINDOWS NEGOTIATE, ENCRYPTION = REQUIRED ALGORITHM AES, ROLE = WITNESS)
ALTER ENDPOINT [mirroring_endpoint] STATE = STARTED
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

-- B-SQL01/mirroring-endpoint (New-MirroringEndpoint.ps1)
--   Role = PARTNER
--   Port = 5022
--   Accounts = LAB\B-SQL02$,LAB\B-WIT01$
--   Administrators = none
CREATE ENDPOINT [mirroring_endpoint] AUTHORIZATION [sa] STATE = STARTED AS TCP (LISTENER_PORT = 5022, LISTENER_IP = ALL) FOR DATABASE_MIRRORING (AUTHENTICATION = WINDOWS NEGOTIATE, ENCRYPTION = REQUIRED ALGORITHM AES, ROLE = PARTNER)
ALTER ENDPOINT [mirroring_endpoint] STATE = STARTED
CREATE LOGIN [LAB\B-SQL02$] FROM WINDOWS
CREATE LOGIN [LAB\B-WIT01$] FROM WINDOWS
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\B-SQL02$]
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\B-WIT01$]
IF SUSER_ID(N'LAB\B-SQL02$') IS NULL CREATE LOGIN [LAB\B-SQL02$] FROM WINDOWS; ALTER SERVER ROLE sysadmin ADD MEMBER [LAB\B-SQL02$];
IF SUSER_ID(N'LAB\B-WIT01$') IS NULL CREATE LOGIN [LAB\B-WIT01$] FROM WINDOWS; ALTER SERVER ROLE sysadmin ADD MEMBER [LAB\B-WIT01$];

-- B-SQL02/mirroring-endpoint (New-MirroringEndpoint.ps1)
--   Role = PARTNER
--   Port = 5022
--   Accounts = LAB\B-SQL01$,LAB\B-WIT01$
--   Administrators = none
CREATE ENDPOINT [mirroring_endpoint] AUTHORIZATION [sa] STATE = STARTED AS TCP (LISTENER_PORT = 5022, LISTENER_IP = ALL) FOR DATABASE_MIRRORING (AUTHENTICATION = WINDOWS NEGOTIATE, ENCRYPTION = REQUIRED ALGORITHM AES, ROLE = PARTNER)
ALTER ENDPOINT [mirroring_endpoint] STATE = STARTED
CREATE LOGIN [LAB\B-SQL01$] FROM WINDOWS
CREATE LOGIN [LAB\B-WIT01$] FROM WINDOWS
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\B-SQL01$]
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\B-WIT01$]
IF SUSER_ID(N'LAB\B-SQL01$') IS NULL CREATE LOGIN [LAB\B-SQL01$] FROM WINDOWS; ALTER SERVER ROLE sysadmin ADD MEMBER [LAB\B-SQL01$];
IF SUSER_ID(N'LAB\B-WIT01$') IS NULL CREATE LOGIN [LAB\B-WIT01$] FROM WINDOWS; ALTER SERVER ROLE sysadmin ADD MEMBER [LAB\B-WIT01$];

-- B-WIT01/mirroring-endpoint (New-MirroringEndpoint.ps1)
--   Role = WITNESS
--   Port = 7022
--   Accounts = LAB\B-SQL01$,LAB\B-SQL02$,LAB\B-SQL03$,LAB\B-SQL04$
--   Administrators = none
CREATE ENDPOINT [mirroring_endpoint] AUTHORIZATION [sa] STATE = STARTED AS TCP (LISTENER_PORT = 7022, LISTENER_IP = ALL) FOR DATABASE_MIRRORING (AUTHENTICATION = WINDOWS NEGOTIATE, ENCRYPTION = REQUIRED ALGORITHM AES, ROLE = WITNESS)
ALTER ENDPOINT [mirroring_endpoint] STATE = STARTED
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

-- A-SQL01/mgc-database (New-PlaceholderDatabase.ps1)
--   Database = mgc
--   DataPath = F:\Data
--   LogPath = G:\Log
--   Partner = a-sql02.lab.test
--   ServedFrom = primary
CREATE DATABASE [mgc] ON (FILENAME = N'F:\Data\mgc.mdf'), (FILENAME = N'G:\Log\mgc.ldf') FOR ATTACH
CREATE DATABASE [mgc] ON PRIMARY (NAME = [mgc], FILENAME = N'F:\Data\mgc.mdf') LOG ON (NAME = [mgc_log], FILENAME = N'G:\Log\mgc.ldf')
ALTER DATABASE [mgc] SET RECOVERY FULL
CREATE TABLE [mgc].dbo.Heartbeat (Seq bigint IDENTITY PRIMARY KEY, AtUtc datetime2 NOT NULL DEFAULT SYSUTCDATETIME())
EXEC [mgc].sys.sp_addextendedproperty @name = N'lab.managed', @value = N'placeholder'

-- A-SQL02/mgc-mirroring (Set-Mirroring.ps1)
--   Database = mgc
--   Folder = \\b-fs01.lab.test\LsBackup\mgc
--   Address = TCP://a-sql02.lab.test:5022
--   Partner = TCP://a-sql01.lab.test:5022
--   Witness = TCP://a-wit01.lab.test:7022
--   ServedFrom = primary
ALTER DATABASE [mgc] SET PARTNER OFF
-- to a-sql01.lab.test
IF EXISTS (SELECT 1 FROM msdb.dbo.sysjobs WHERE name = @job) EXEC msdb.dbo.sp_update_job @job_name = @job, @enabled = @enabled;
-- to a-sql01.lab.test
ALTER DATABASE [mgc] SET PARTNER OFF
-- to a-sql01.lab.test
ALTER DATABASE [mgc] SET RECOVERY FULL
-- to a-sql01.lab.test
BACKUP DATABASE [mgc] TO DISK = N'\\b-fs01.lab.test\LsBackup\mgc\seed_mgc_A-SQL02.bak' WITH INIT, CHECKSUM
RESTORE VERIFYONLY FROM DISK = N'\\b-fs01.lab.test\LsBackup\mgc\seed_mgc_A-SQL02.bak'
RESTORE FILELISTONLY FROM DISK = N'\\b-fs01.lab.test\LsBackup\mgc\seed_mgc_A-SQL02.bak'
RESTORE DATABASE [mgc] FROM DISK = N'\\b-fs01.lab.test\LsBackup\mgc\seed_mgc_A-SQL02.bak' WITH NORECOVERY, REPLACE
-- to a-sql01.lab.test
BACKUP LOG [mgc] TO DISK = N'\\b-fs01.lab.test\LsBackup\mgc\$file' WITH INIT, CHECKSUM
RESTORE LOG [mgc] FROM DISK = N'\\b-fs01.lab.test\LsBackup\mgc\$file' WITH NORECOVERY
ALTER DATABASE [mgc] SET PARTNER = N'TCP://a-sql01.lab.test:5022'
-- to a-sql01.lab.test
ALTER DATABASE [mgc] SET PARTNER = N'TCP://a-sql02.lab.test:5022'
-- to a-sql01.lab.test
IF EXISTS (SELECT 1 FROM msdb.dbo.sysjobs WHERE name = @job) EXEC msdb.dbo.sp_update_job @job_name = @job, @enabled = @enabled;
-- to a-sql01.lab.test
IF EXISTS (SELECT 1 FROM msdb.dbo.sysjobs WHERE name = @job) EXEC msdb.dbo.sp_update_job @job_name = @job, @enabled = @enabled;
CREATE LOGIN [$row.name] WITH PASSWORD = 0x00 HASHED, SID = 0x00, CHECK_POLICY = OFF
CREATE LOGIN [$row.name] FROM WINDOWS
-- to $principal
ALTER DATABASE [mgc] SET WITNESS OFF
-- to $principal
ALTER DATABASE [mgc] SET WITNESS OFF
-- to $principal
ALTER DATABASE [mgc] SET WITNESS = N'TCP://a-wit01.lab.test:7022'

-- A-SQL01/mgc-mirroring (Set-Mirroring.ps1)
--   Database = mgc
--   Folder = \\b-fs01.lab.test\LsBackup\mgc
--   Address = TCP://a-sql01.lab.test:5022
--   Partner = TCP://a-sql02.lab.test:5022
--   Witness = TCP://a-wit01.lab.test:7022
--   ServedFrom = primary
ALTER DATABASE [mgc] SET PARTNER OFF
-- to a-sql02.lab.test
IF EXISTS (SELECT 1 FROM msdb.dbo.sysjobs WHERE name = @job) EXEC msdb.dbo.sp_update_job @job_name = @job, @enabled = @enabled;
-- to a-sql02.lab.test
ALTER DATABASE [mgc] SET PARTNER OFF
-- to a-sql02.lab.test
ALTER DATABASE [mgc] SET RECOVERY FULL
-- to a-sql02.lab.test
BACKUP DATABASE [mgc] TO DISK = N'\\b-fs01.lab.test\LsBackup\mgc\seed_mgc_A-SQL01.bak' WITH INIT, CHECKSUM
RESTORE VERIFYONLY FROM DISK = N'\\b-fs01.lab.test\LsBackup\mgc\seed_mgc_A-SQL01.bak'
RESTORE FILELISTONLY FROM DISK = N'\\b-fs01.lab.test\LsBackup\mgc\seed_mgc_A-SQL01.bak'
RESTORE DATABASE [mgc] FROM DISK = N'\\b-fs01.lab.test\LsBackup\mgc\seed_mgc_A-SQL01.bak' WITH NORECOVERY, REPLACE
-- to a-sql02.lab.test
BACKUP LOG [mgc] TO DISK = N'\\b-fs01.lab.test\LsBackup\mgc\$file' WITH INIT, CHECKSUM
RESTORE LOG [mgc] FROM DISK = N'\\b-fs01.lab.test\LsBackup\mgc\$file' WITH NORECOVERY
ALTER DATABASE [mgc] SET PARTNER = N'TCP://a-sql02.lab.test:5022'
-- to a-sql02.lab.test
ALTER DATABASE [mgc] SET PARTNER = N'TCP://a-sql01.lab.test:5022'
-- to a-sql02.lab.test
IF EXISTS (SELECT 1 FROM msdb.dbo.sysjobs WHERE name = @job) EXEC msdb.dbo.sp_update_job @job_name = @job, @enabled = @enabled;
-- to a-sql02.lab.test
IF EXISTS (SELECT 1 FROM msdb.dbo.sysjobs WHERE name = @job) EXEC msdb.dbo.sp_update_job @job_name = @job, @enabled = @enabled;
CREATE LOGIN [$row.name] WITH PASSWORD = 0x00 HASHED, SID = 0x00, CHECK_POLICY = OFF
CREATE LOGIN [$row.name] FROM WINDOWS
-- to $principal
ALTER DATABASE [mgc] SET WITNESS OFF
-- to $principal
ALTER DATABASE [mgc] SET WITNESS OFF
-- to $principal
ALTER DATABASE [mgc] SET WITNESS = N'TCP://a-wit01.lab.test:7022'

-- A-SQL01/mgc-heartbeat (Set-Heartbeat.ps1)
--   Database = mgc
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

-- A-SQL02/mgc-heartbeat (Set-Heartbeat.ps1)
--   Database = mgc
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

-- A-SQL01/mgc-log-shipping-primary (Set-LogShippingPrimary.ps1)
--   Database = mgc
--   Partner = a-sql02.lab.test
--   BackupShare = \\b-fs01.lab.test\LsBackup\mgc
--   Secondary = B-SQL01
--   IntervalMinutes = 15
--   RetentionMinutes = 20160
--   BackupAlertMinutes = 60
--   ServedFrom = primary
-- to a-sql02.lab.test
ALTER DATABASE [mgc] SET PARTNER FAILOVER
DECLARE @job_id uniqueidentifier, @primary_id uniqueidentifier;
EXEC master.dbo.sp_add_log_shipping_primary_database @database = @database, @backup_directory = @folder, @backup_share = @folder, @backup_job_name = @job,
    @backup_retention_period = @retention, @backup_compression = 2, @backup_threshold = @alert, @threshold_alert_enabled = 1,
    @history_retention_period = 5760, @backup_job_id = @job_id OUTPUT, @primary_id = @primary_id OUTPUT;
ALTER DATABASE [mgc] SET PARTNER FAILOVER
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

-- B-SQL01/mgc-log-shipping-secondary (Set-LogShippingSecondary.ps1)
--   Database = mgc
--   Primary = A-SQL01
--   Partners = a-sql01.lab.test,a-sql02.lab.test
--   BackupShare = \\b-fs01.lab.test\LsBackup\mgc
--   CopyFolder = F:\LsCopy\mgc
--   IntervalMinutes = 15
--   RetentionMinutes = 20160
--   RestoreAlertMinutes = 45
--   ServedFrom = primary
-- to $Server
IF EXISTS (SELECT 1 FROM msdb.dbo.sysjobs WHERE name = @job) EXEC msdb.dbo.sp_update_job @job_name = @job, @enabled = @enabled;
-- to $principal
ALTER DATABASE [mgc] SET RECOVERY FULL
-- to $principal
BACKUP DATABASE [mgc] TO DISK = N'\\b-fs01.lab.test\LsBackup\mgc\seed_mgc_B-SQL01.bak' WITH INIT, CHECKSUM
RESTORE VERIFYONLY FROM DISK = N'\\b-fs01.lab.test\LsBackup\mgc\seed_mgc_B-SQL01.bak'
RESTORE FILELISTONLY FROM DISK = N'\\b-fs01.lab.test\LsBackup\mgc\seed_mgc_B-SQL01.bak'
RESTORE DATABASE [mgc] FROM DISK = N'\\b-fs01.lab.test\LsBackup\mgc\seed_mgc_B-SQL01.bak' WITH NORECOVERY, REPLACE
-- to $principal
BACKUP LOG [mgc] TO DISK = N'\\b-fs01.lab.test\LsBackup\mgc\$file' WITH INIT, CHECKSUM
RESTORE LOG [mgc] FROM DISK = N'\\b-fs01.lab.test\LsBackup\mgc\$file' WITH NORECOVERY
-- to $Server
IF EXISTS (SELECT 1 FROM msdb.dbo.sysjobs WHERE name = @job) EXEC msdb.dbo.sp_update_job @job_name = @job, @enabled = @enabled;
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

-- A-SQL02/mgc-log-shipping-mirror (Set-LogShippingPrimary.ps1)
--   Database = mgc
--   Partner = a-sql01.lab.test
--   BackupShare = \\b-fs01.lab.test\LsBackup\mgc
--   Secondary = B-SQL01
--   IntervalMinutes = 15
--   RetentionMinutes = 20160
--   BackupAlertMinutes = 60
--   ServedFrom = primary
-- to a-sql01.lab.test
ALTER DATABASE [mgc] SET PARTNER FAILOVER
DECLARE @job_id uniqueidentifier, @primary_id uniqueidentifier;
EXEC master.dbo.sp_add_log_shipping_primary_database @database = @database, @backup_directory = @folder, @backup_share = @folder, @backup_job_name = @job,
    @backup_retention_period = @retention, @backup_compression = 2, @backup_threshold = @alert, @threshold_alert_enabled = 1,
    @history_retention_period = 5760, @backup_job_id = @job_id OUTPUT, @primary_id = @primary_id OUTPUT;
ALTER DATABASE [mgc] SET PARTNER FAILOVER
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
