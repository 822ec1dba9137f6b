-- A-WIT01/mirroring-endpoint (New-MirroringEndpoint.ps1)
--   Role = WITNESS
--   Port = 7022
--   Accounts = LAB\A-SQL01$,LAB\A-SQL02$,LAB\A-SQL03$,LAB\A-SQL04$
CREATE ENDPOINT [mirroring_endpoint] AUTHORIZATION [sa] STATE = STARTED AS TCP (LISTENER_PORT = 7022, LISTENER_IP = ALL) FOR DATABASE_MIRRORING (AUTHENTICATION = WINDOWS NEGOTIATE, ENCRYPTION = REQUIRED ALGORITHM AES, ROLE = WITNESS)
CREATE LOGIN [LAB\A-SQL01$] FROM WINDOWS
CREATE LOGIN [LAB\A-SQL02$] FROM WINDOWS
CREATE LOGIN [LAB\A-SQL03$] FROM WINDOWS
CREATE LOGIN [LAB\A-SQL04$] FROM WINDOWS
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\A-SQL01$]
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\A-SQL02$]
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\A-SQL03$]
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\A-SQL04$]

-- B-WIT01/mirroring-endpoint (New-MirroringEndpoint.ps1)
--   Role = WITNESS
--   Port = 7022
--   Accounts = LAB\B-SQL01$,LAB\B-SQL02$,LAB\B-SQL03$,LAB\B-SQL04$
CREATE ENDPOINT [mirroring_endpoint] AUTHORIZATION [sa] STATE = STARTED AS TCP (LISTENER_PORT = 7022, LISTENER_IP = ALL) FOR DATABASE_MIRRORING (AUTHENTICATION = WINDOWS NEGOTIATE, ENCRYPTION = REQUIRED ALGORITHM AES, ROLE = WITNESS)
CREATE LOGIN [LAB\B-SQL01$] FROM WINDOWS
CREATE LOGIN [LAB\B-SQL02$] FROM WINDOWS
CREATE LOGIN [LAB\B-SQL03$] FROM WINDOWS
CREATE LOGIN [LAB\B-SQL04$] FROM WINDOWS
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\B-SQL01$]
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\B-SQL02$]
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\B-SQL03$]
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\B-SQL04$]

-- A-SQL03/mirroring-endpoint (New-MirroringEndpoint.ps1)
--   Role = PARTNER
--   Port = 5022
--   Accounts = LAB\A-SQL04$,LAB\A-WIT01$
CREATE ENDPOINT [mirroring_endpoint] AUTHORIZATION [sa] STATE = STARTED AS TCP (LISTENER_PORT = 5022, LISTENER_IP = ALL) FOR DATABASE_MIRRORING (AUTHENTICATION = WINDOWS NEGOTIATE, ENCRYPTION = REQUIRED ALGORITHM AES, ROLE = PARTNER)
CREATE LOGIN [LAB\A-SQL04$] FROM WINDOWS
CREATE LOGIN [LAB\A-WIT01$] FROM WINDOWS
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\A-SQL04$]
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\A-WIT01$]

-- A-SQL04/mirroring-endpoint (New-MirroringEndpoint.ps1)
--   Role = PARTNER
--   Port = 5022
--   Accounts = LAB\A-SQL03$,LAB\A-WIT01$
CREATE ENDPOINT [mirroring_endpoint] AUTHORIZATION [sa] STATE = STARTED AS TCP (LISTENER_PORT = 5022, LISTENER_IP = ALL) FOR DATABASE_MIRRORING (AUTHENTICATION = WINDOWS NEGOTIATE, ENCRYPTION = REQUIRED ALGORITHM AES, ROLE = PARTNER)
CREATE LOGIN [LAB\A-SQL03$] FROM WINDOWS
CREATE LOGIN [LAB\A-WIT01$] FROM WINDOWS
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\A-SQL03$]
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\A-WIT01$]

-- B-SQL03/mirroring-endpoint (New-MirroringEndpoint.ps1)
--   Role = PARTNER
--   Port = 5022
--   Accounts = LAB\B-SQL04$,LAB\B-WIT01$
CREATE ENDPOINT [mirroring_endpoint] AUTHORIZATION [sa] STATE = STARTED AS TCP (LISTENER_PORT = 5022, LISTENER_IP = ALL) FOR DATABASE_MIRRORING (AUTHENTICATION = WINDOWS NEGOTIATE, ENCRYPTION = REQUIRED ALGORITHM AES, ROLE = PARTNER)
CREATE LOGIN [LAB\B-SQL04$] FROM WINDOWS
CREATE LOGIN [LAB\B-WIT01$] FROM WINDOWS
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\B-SQL04$]
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\B-WIT01$]

-- B-SQL04/mirroring-endpoint (New-MirroringEndpoint.ps1)
--   Role = PARTNER
--   Port = 5022
--   Accounts = LAB\B-SQL03$,LAB\B-WIT01$
CREATE ENDPOINT [mirroring_endpoint] AUTHORIZATION [sa] STATE = STARTED AS TCP (LISTENER_PORT = 5022, LISTENER_IP = ALL) FOR DATABASE_MIRRORING (AUTHENTICATION = WINDOWS NEGOTIATE, ENCRYPTION = REQUIRED ALGORITHM AES, ROLE = PARTNER)
CREATE LOGIN [LAB\B-SQL03$] FROM WINDOWS
CREATE LOGIN [LAB\B-WIT01$] FROM WINDOWS
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\B-SQL03$]
GRANT CONNECT ON ENDPOINT::[mirroring_endpoint] TO [LAB\B-WIT01$]

-- A-SQL03/mgccomp-database (New-PlaceholderDatabase.ps1)
--   Database = mgccomp
--   DataPath = F:\Data
--   LogPath = G:\Log
CREATE DATABASE [mgccomp] ON PRIMARY (NAME = [mgccomp], FILENAME = N'F:\Data\mgccomp.mdf') LOG ON (NAME = [mgccomp_log], FILENAME = N'G:\Log\mgccomp.ldf')
ALTER DATABASE [mgccomp] SET RECOVERY FULL
CREATE TABLE [mgccomp].dbo.Heartbeat (Seq bigint IDENTITY PRIMARY KEY, AtUtc datetime2 NOT NULL DEFAULT SYSUTCDATETIME())
EXEC [mgccomp].sys.sp_addextendedproperty @name = N'lab.managed', @value = N'placeholder'

-- A-SQL03/mgccomp-seed (Backup-Seed.ps1)
--   Database = mgccomp
--   Folder = \\b-fs01.lab.test\LsBackup\mgccomp
BACKUP DATABASE [mgccomp] TO DISK = N'\\b-fs01.lab.test\LsBackup\mgccomp\seed_mgccomp.bak' WITH INIT, CHECKSUM
BACKUP LOG [mgccomp] TO DISK = N'\\b-fs01.lab.test\LsBackup\mgccomp\seed_mgccomp.log.bak' WITH INIT, CHECKSUM

-- A-SQL04/mgccomp-mirror (Set-Mirror.ps1)
--   Database = mgccomp
--   Folder = \\b-fs01.lab.test\LsBackup\mgccomp
--   Partner = TCP://a-sql03.lab.test:5022
RESTORE DATABASE [mgccomp] FROM DISK = N'\\b-fs01.lab.test\LsBackup\mgccomp\seed_mgccomp.bak' WITH NORECOVERY, REPLACE
RESTORE LOG [mgccomp] FROM DISK = N'\\b-fs01.lab.test\LsBackup\mgccomp\seed_mgccomp.log.bak' WITH NORECOVERY
ALTER DATABASE [mgccomp] SET PARTNER = N'TCP://a-sql03.lab.test:5022'

-- A-SQL03/mgccomp-mirroring (Start-Mirroring.ps1)
--   Database = mgccomp
--   Partner = TCP://a-sql04.lab.test:5022
--   Witness = TCP://a-wit01.lab.test:7022
ALTER DATABASE [mgccomp] SET PARTNER = N'TCP://a-sql04.lab.test:5022'
ALTER DATABASE [mgccomp] SET WITNESS OFF
ALTER DATABASE [mgccomp] SET WITNESS = N'TCP://a-wit01.lab.test:7022'

-- A-SQL03/mgccomp-log-shipping-primary (Set-LogShippingPrimary.ps1)
--   Database = mgccomp
--   BackupShare = \\b-fs01.lab.test\LsBackup\mgccomp
--   Secondary = B-SQL03
--   IntervalMinutes = 15
--   RetentionMinutes = 4320
--   BackupAlertMinutes = 60
DECLARE @job_id uniqueidentifier, @primary_id uniqueidentifier;
EXEC master.dbo.sp_add_log_shipping_primary_database @database = @database, @backup_directory = @folder, @backup_share = @folder, @backup_job_name = @job,
    @backup_retention_period = @retention, @backup_compression = 2, @backup_threshold = @alert, @threshold_alert_enabled = 1,
    @history_retention_period = 5760, @backup_job_id = @job_id OUTPUT, @primary_id = @primary_id OUTPUT;
EXEC master.dbo.sp_add_log_shipping_alert_job;
EXEC master.dbo.sp_change_log_shipping_primary_database @database = @database, @backup_directory = @folder, @backup_share = @folder,
    @backup_retention_period = @retention, @backup_threshold = @alert, @threshold_alert_enabled = 1;
EXEC master.dbo.sp_add_log_shipping_primary_secondary @primary_database = @database, @secondary_server = @secondary, @secondary_database = @database
-- Enable-LabJob -Job $job -Name "LSBackup_mgccomp every 15 minutes" -Minutes 15

-- B-SQL03/mgccomp-log-shipping-secondary (Set-LogShippingSecondary.ps1)
--   Database = mgccomp
--   Primary = A-SQL03
--   BackupShare = \\b-fs01.lab.test\LsBackup\mgccomp
--   CopyFolder = F:\LsCopy\mgccomp
--   IntervalMinutes = 15
--   RetentionMinutes = 4320
--   RestoreAlertMinutes = 45
RESTORE DATABASE [mgccomp] FROM DISK = N'\\b-fs01.lab.test\LsBackup\mgccomp\seed_mgccomp.bak' WITH NORECOVERY, REPLACE
RESTORE LOG [mgccomp] FROM DISK = N'\\b-fs01.lab.test\LsBackup\mgccomp\seed_mgccomp.log.bak' WITH NORECOVERY
DECLARE @copy_id uniqueidentifier, @restore_id uniqueidentifier, @secondary_id uniqueidentifier;
EXEC master.dbo.sp_add_log_shipping_secondary_primary @primary_server = @primary, @primary_database = @database, @backup_source_directory = @share,
    @backup_destination_directory = @folder, @copy_job_name = @copy, @restore_job_name = @restore, @file_retention_period = @retention,
    @copy_job_id = @copy_id OUTPUT, @restore_job_id = @restore_id OUTPUT, @secondary_id = @secondary_id OUTPUT;
EXEC master.dbo.sp_change_log_shipping_secondary_primary @primary_server = @primary, @primary_database = @database, @backup_source_directory = @share, @backup_destination_directory = @folder, @file_retention_period = @retention;
EXEC master.dbo.sp_add_log_shipping_secondary_database @secondary_database = @database, @primary_server = @primary, @primary_database = @database,
    @restore_delay = 0, @restore_all = 1, @restore_mode = 0, @disconnect_users = 0, @restore_threshold = @alert, @threshold_alert_enabled = 1;
EXEC master.dbo.sp_change_log_shipping_secondary_database @secondary_database = @database, @restore_threshold = @alert, @threshold_alert_enabled = 1;
-- Enable-LabJob -Job $jobs.copy_job_id -Name "LSCopy_mgccomp every 15 minutes" -Minutes 15
-- Enable-LabJob -Job $jobs.restore_job_id -Name "LSRestore_mgccomp every 15 minutes" -Minutes 15

-- A-SQL03/mgccomp-failover (Switch-Principal.ps1)
--   Database = mgccomp
ALTER DATABASE [mgccomp] SET PARTNER FAILOVER

-- A-SQL04/mgccomp-log-shipping-mirror (Set-LogShippingPrimary.ps1)
--   Database = mgccomp
--   BackupShare = \\b-fs01.lab.test\LsBackup\mgccomp
--   Secondary = B-SQL03
--   IntervalMinutes = 15
--   RetentionMinutes = 4320
--   BackupAlertMinutes = 60
DECLARE @job_id uniqueidentifier, @primary_id uniqueidentifier;
EXEC master.dbo.sp_add_log_shipping_primary_database @database = @database, @backup_directory = @folder, @backup_share = @folder, @backup_job_name = @job,
    @backup_retention_period = @retention, @backup_compression = 2, @backup_threshold = @alert, @threshold_alert_enabled = 1,
    @history_retention_period = 5760, @backup_job_id = @job_id OUTPUT, @primary_id = @primary_id OUTPUT;
EXEC master.dbo.sp_add_log_shipping_alert_job;
EXEC master.dbo.sp_change_log_shipping_primary_database @database = @database, @backup_directory = @folder, @backup_share = @folder,
    @backup_retention_period = @retention, @backup_threshold = @alert, @threshold_alert_enabled = 1;
EXEC master.dbo.sp_add_log_shipping_primary_secondary @primary_database = @database, @secondary_server = @secondary, @secondary_database = @database
-- Enable-LabJob -Job $job -Name "LSBackup_mgccomp every 15 minutes" -Minutes 15

-- A-SQL04/mgccomp-failback (Switch-Principal.ps1)
--   Database = mgccomp
ALTER DATABASE [mgccomp] SET PARTNER FAILOVER

-- Enable-LabJob (Prologue.ps1)
DECLARE @schedule int = (SELECT MIN(s.schedule_id) FROM msdb.dbo.sysjobschedules js JOIN msdb.dbo.sysschedules s ON s.schedule_id = js.schedule_id WHERE js.job_id = @job);
IF @schedule IS NULL
BEGIN
    EXEC msdb.dbo.sp_add_schedule @schedule_name = @name, @enabled = 1, @freq_type = 4, @freq_interval = 1, @freq_subday_type = 4,
        @freq_subday_interval = @minutes, @freq_recurrence_factor = 0, @active_start_time = 0, @active_end_time = 235959, @schedule_id = @schedule OUTPUT;
    EXEC msdb.dbo.sp_attach_schedule @job_id = @job, @schedule_id = @schedule;
END
ELSE EXEC msdb.dbo.sp_update_schedule @schedule_id = @schedule, @freq_subday_interval = @minutes;
EXEC msdb.dbo.sp_update_job @job_id = @job, @enabled = 1;
