-- Who may do what in the database of the site, by schema. Run it after each upgrade, as an owner of the database; again
-- and again without harm. It makes roles and no users:
--
--   CREATE LOGIN amfmsite WITH PASSWORD = '…';  CREATE USER amfmsite FOR LOGIN amfmsite;  ALTER ROLE amfm_site ADD MEMBER amfmsite;
--
--   amfm_site      the site while it runs: reads and writes its tables, changes none of them, and cannot take a line of the audit away
--   amfm_upgrade   who runs idempotent.sql, or starts a new version for the first time
--   amfm_auditor   reads the audit, nothing else
--   amfm_content   reads what is published or drafted, nothing of requests

IF DATABASE_PRINCIPAL_ID('amfm_site') IS NULL CREATE ROLE amfm_site;
GO
IF DATABASE_PRINCIPAL_ID('amfm_upgrade') IS NULL CREATE ROLE amfm_upgrade;
GO
IF DATABASE_PRINCIPAL_ID('amfm_auditor') IS NULL CREATE ROLE amfm_auditor;
GO
IF DATABASE_PRINCIPAL_ID('amfm_content') IS NULL CREATE ROLE amfm_content;
GO

GRANT SELECT ON dbo.__EFMigrationsHistory TO amfm_site;
GRANT SELECT, INSERT, UPDATE, DELETE ON SCHEMA::content TO amfm_site;
GRANT SELECT, INSERT, UPDATE, DELETE ON SCHEMA::admissions TO amfm_site;
GRANT SELECT, INSERT, UPDATE, DELETE ON SCHEMA::site TO amfm_site;
GRANT SELECT, INSERT, UPDATE ON SCHEMA::keys TO amfm_site;
GO

-- The trace of what people did: lines are added, and sealed once; no other column of them changes, and none goes.
GRANT SELECT, INSERT, UPDATE, DELETE ON SCHEMA::staff TO amfm_site;
DENY DELETE ON staff.AuditEntries TO amfm_site;
DENY UPDATE ON staff.AuditEntries (Id, At, Action, StaffId, RequestId, Detail) TO amfm_site;
GO

ALTER ROLE db_ddladmin ADD MEMBER amfm_upgrade;
ALTER ROLE db_datareader ADD MEMBER amfm_upgrade;
ALTER ROLE db_datawriter ADD MEMBER amfm_upgrade;
GO

GRANT SELECT ON staff.AuditEntries TO amfm_auditor;
GRANT SELECT ON SCHEMA::content TO amfm_content;
GO
