IF OBJECT_ID(N'[__EFMigrationsHistory]') IS NULL
BEGIN
    CREATE TABLE [__EFMigrationsHistory] (
        [MigrationId] nvarchar(150) NOT NULL,
        [ProductVersion] nvarchar(32) NOT NULL,
        CONSTRAINT [PK___EFMigrationsHistory] PRIMARY KEY ([MigrationId])
    );
END;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122041131_First'
)
BEGIN
    CREATE TABLE [AspNetRoles] (
        [Id] uniqueidentifier NOT NULL,
        [Name] nvarchar(256) NULL,
        [NormalizedName] nvarchar(256) NULL,
        [ConcurrencyStamp] nvarchar(max) NULL,
        CONSTRAINT [PK_AspNetRoles] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122041131_First'
)
BEGIN
    CREATE TABLE [AspNetUsers] (
        [Id] uniqueidentifier NOT NULL,
        [DisabledAt] datetime2 NULL,
        [UserName] nvarchar(256) NULL,
        [NormalizedUserName] nvarchar(256) NULL,
        [Email] nvarchar(256) NULL,
        [NormalizedEmail] nvarchar(256) NULL,
        [EmailConfirmed] bit NOT NULL,
        [PasswordHash] nvarchar(max) NULL,
        [SecurityStamp] nvarchar(max) NULL,
        [ConcurrencyStamp] nvarchar(max) NULL,
        [PhoneNumber] nvarchar(256) NULL,
        [PhoneNumberConfirmed] bit NOT NULL,
        [TwoFactorEnabled] bit NOT NULL,
        [LockoutEnd] datetimeoffset NULL,
        [LockoutEnabled] bit NOT NULL,
        [AccessFailedCount] int NOT NULL,
        CONSTRAINT [PK_AspNetUsers] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122041131_First'
)
BEGIN
    CREATE TABLE [AuditEntries] (
        [Id] bigint NOT NULL IDENTITY,
        [At] datetime2 NOT NULL,
        [Action] nvarchar(40) NOT NULL,
        [StaffId] uniqueidentifier NULL,
        [RequestId] uniqueidentifier NULL,
        [Detail] nvarchar(200) NOT NULL,
        CONSTRAINT [PK_AuditEntries] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122041131_First'
)
BEGIN
    CREATE TABLE [CallbackRequests] (
        [Id] uniqueidentifier NOT NULL,
        [Reference] nvarchar(8) NOT NULL,
        [ReceivedAt] datetime2 NOT NULL,
        [For] nvarchar(40) NOT NULL,
        [State] nvarchar(5) NOT NULL,
        [TimeZone] nvarchar(40) NOT NULL,
        [Day] nvarchar(40) NOT NULL,
        [Part] nvarchar(40) NOT NULL,
        [Topic] nvarchar(40) NULL,
        [Level] nvarchar(40) NULL,
        [Place] nvarchar(40) NULL,
        [SourcePath] nvarchar(200) NOT NULL,
        [ConsentWording] nvarchar(20) NOT NULL,
        [RepeatKey] nvarchar(64) NULL,
        [PhoneHash] nvarchar(64) NULL,
        [EmailHash] nvarchar(64) NULL,
        [Status] nvarchar(40) NOT NULL,
        [Outcome] nvarchar(40) NULL,
        [ClosedAt] datetime2 NULL,
        [OpenedAt] datetime2 NULL,
        [ClaimedById] uniqueidentifier NULL,
        [ClaimedUntil] datetime2 NULL,
        [Quarantine] nvarchar(40) NULL,
        [RowVersion] int NOT NULL,
        [SealedDetails] varbinary(max) NOT NULL,
        [SealedEmail] varbinary(max) NULL,
        [SealedName] varbinary(max) NOT NULL,
        [SealedNote] varbinary(max) NULL,
        [SealedPhone] varbinary(max) NULL,
        [SealedSafeContact] varbinary(max) NOT NULL,
        CONSTRAINT [PK_CallbackRequests] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122041131_First'
)
BEGIN
    CREATE TABLE [ContentItems] (
        [Id] int NOT NULL IDENTITY,
        [Kind] nvarchar(20) NOT NULL,
        [Key] nvarchar(80) NOT NULL,
        [LiveNumber] int NULL,
        [LiveHash] nvarchar(64) NOT NULL,
        [PackHash] nvarchar(64) NOT NULL,
        [LastNumber] int NOT NULL,
        CONSTRAINT [PK_ContentItems] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122041131_First'
)
BEGIN
    CREATE TABLE [ContentVersions] (
        [Id] int NOT NULL,
        [Number] bigint NOT NULL,
        CONSTRAINT [PK_ContentVersions] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122041131_First'
)
BEGIN
    CREATE TABLE [AspNetRoleClaims] (
        [Id] int NOT NULL IDENTITY,
        [RoleId] uniqueidentifier NOT NULL,
        [ClaimType] nvarchar(max) NULL,
        [ClaimValue] nvarchar(max) NULL,
        CONSTRAINT [PK_AspNetRoleClaims] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_AspNetRoleClaims_AspNetRoles_RoleId] FOREIGN KEY ([RoleId]) REFERENCES [AspNetRoles] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122041131_First'
)
BEGIN
    CREATE TABLE [AspNetUserClaims] (
        [Id] int NOT NULL IDENTITY,
        [UserId] uniqueidentifier NOT NULL,
        [ClaimType] nvarchar(max) NULL,
        [ClaimValue] nvarchar(max) NULL,
        CONSTRAINT [PK_AspNetUserClaims] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_AspNetUserClaims_AspNetUsers_UserId] FOREIGN KEY ([UserId]) REFERENCES [AspNetUsers] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122041131_First'
)
BEGIN
    CREATE TABLE [AspNetUserLogins] (
        [LoginProvider] nvarchar(128) NOT NULL,
        [ProviderKey] nvarchar(128) NOT NULL,
        [ProviderDisplayName] nvarchar(max) NULL,
        [UserId] uniqueidentifier NOT NULL,
        CONSTRAINT [PK_AspNetUserLogins] PRIMARY KEY ([LoginProvider], [ProviderKey]),
        CONSTRAINT [FK_AspNetUserLogins_AspNetUsers_UserId] FOREIGN KEY ([UserId]) REFERENCES [AspNetUsers] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122041131_First'
)
BEGIN
    CREATE TABLE [AspNetUserPasskeys] (
        [CredentialId] varbinary(1024) NOT NULL,
        [UserId] uniqueidentifier NOT NULL,
        [Data] nvarchar(max) NOT NULL,
        CONSTRAINT [PK_AspNetUserPasskeys] PRIMARY KEY ([CredentialId]),
        CONSTRAINT [FK_AspNetUserPasskeys_AspNetUsers_UserId] FOREIGN KEY ([UserId]) REFERENCES [AspNetUsers] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122041131_First'
)
BEGIN
    CREATE TABLE [AspNetUserRoles] (
        [UserId] uniqueidentifier NOT NULL,
        [RoleId] uniqueidentifier NOT NULL,
        CONSTRAINT [PK_AspNetUserRoles] PRIMARY KEY ([UserId], [RoleId]),
        CONSTRAINT [FK_AspNetUserRoles_AspNetRoles_RoleId] FOREIGN KEY ([RoleId]) REFERENCES [AspNetRoles] ([Id]) ON DELETE CASCADE,
        CONSTRAINT [FK_AspNetUserRoles_AspNetUsers_UserId] FOREIGN KEY ([UserId]) REFERENCES [AspNetUsers] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122041131_First'
)
BEGIN
    CREATE TABLE [AspNetUserTokens] (
        [UserId] uniqueidentifier NOT NULL,
        [LoginProvider] nvarchar(128) NOT NULL,
        [Name] nvarchar(128) NOT NULL,
        [Value] nvarchar(max) NULL,
        CONSTRAINT [PK_AspNetUserTokens] PRIMARY KEY ([UserId], [LoginProvider], [Name]),
        CONSTRAINT [FK_AspNetUserTokens_AspNetUsers_UserId] FOREIGN KEY ([UserId]) REFERENCES [AspNetUsers] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122041131_First'
)
BEGIN
    CREATE TABLE [OutboxMessages] (
        [Id] uniqueidentifier NOT NULL,
        [Kind] nvarchar(40) NOT NULL,
        [RequestId] uniqueidentifier NULL,
        [MessageId] nvarchar(100) NOT NULL,
        [CreatedAt] datetime2 NOT NULL,
        [DueAt] datetime2 NOT NULL,
        [Attempts] int NOT NULL,
        [LeaseToken] uniqueidentifier NULL,
        [LeasedUntil] datetime2 NULL,
        [SentAt] datetime2 NULL,
        [ParkedAt] datetime2 NULL,
        [LastError] nvarchar(200) NULL,
        CONSTRAINT [PK_OutboxMessages] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_OutboxMessages_CallbackRequests_RequestId] FOREIGN KEY ([RequestId]) REFERENCES [CallbackRequests] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122041131_First'
)
BEGIN
    CREATE TABLE [ContentRevision] (
        [Id] int NOT NULL IDENTITY,
        [ItemId] int NOT NULL,
        [Number] int NOT NULL,
        [Source] nvarchar(max) NOT NULL,
        [Author] nvarchar(100) NOT NULL,
        [Reason] nvarchar(300) NOT NULL,
        [CreatedAt] datetime2 NOT NULL,
        CONSTRAINT [PK_ContentRevision] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_ContentRevision_ContentItems_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [ContentItems] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122041131_First'
)
BEGIN
    IF EXISTS (SELECT * FROM [sys].[identity_columns] WHERE [name] IN (N'Id', N'ConcurrencyStamp', N'Name', N'NormalizedName') AND [object_id] = OBJECT_ID(N'[AspNetRoles]'))
        SET IDENTITY_INSERT [AspNetRoles] ON;
    EXEC(N'INSERT INTO [AspNetRoles] ([Id], [ConcurrencyStamp], [Name], [NormalizedName])
    VALUES (''00000001-0000-0000-0000-000000000001'', N''intake'', N''intake'', N''INTAKE''),
    (''00000002-0000-0000-0000-000000000001'', N''lead'', N''lead'', N''LEAD''),
    (''00000003-0000-0000-0000-000000000001'', N''editor'', N''editor'', N''EDITOR''),
    (''00000004-0000-0000-0000-000000000001'', N''reviewer'', N''reviewer'', N''REVIEWER''),
    (''00000005-0000-0000-0000-000000000001'', N''admin'', N''admin'', N''ADMIN''),
    (''00000006-0000-0000-0000-000000000001'', N''auditor'', N''auditor'', N''AUDITOR'')');
    IF EXISTS (SELECT * FROM [sys].[identity_columns] WHERE [name] IN (N'Id', N'ConcurrencyStamp', N'Name', N'NormalizedName') AND [object_id] = OBJECT_ID(N'[AspNetRoles]'))
        SET IDENTITY_INSERT [AspNetRoles] OFF;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122041131_First'
)
BEGIN
    CREATE INDEX [IX_AspNetRoleClaims_RoleId] ON [AspNetRoleClaims] ([RoleId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122041131_First'
)
BEGIN
    EXEC(N'CREATE UNIQUE INDEX [RoleNameIndex] ON [AspNetRoles] ([NormalizedName]) WHERE [NormalizedName] IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122041131_First'
)
BEGIN
    CREATE INDEX [IX_AspNetUserClaims_UserId] ON [AspNetUserClaims] ([UserId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122041131_First'
)
BEGIN
    CREATE INDEX [IX_AspNetUserLogins_UserId] ON [AspNetUserLogins] ([UserId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122041131_First'
)
BEGIN
    CREATE INDEX [IX_AspNetUserPasskeys_UserId] ON [AspNetUserPasskeys] ([UserId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122041131_First'
)
BEGIN
    CREATE INDEX [IX_AspNetUserRoles_RoleId] ON [AspNetUserRoles] ([RoleId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122041131_First'
)
BEGIN
    CREATE INDEX [EmailIndex] ON [AspNetUsers] ([NormalizedEmail]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122041131_First'
)
BEGIN
    EXEC(N'CREATE UNIQUE INDEX [UserNameIndex] ON [AspNetUsers] ([NormalizedUserName]) WHERE [NormalizedUserName] IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122041131_First'
)
BEGIN
    CREATE INDEX [IX_AuditEntries_RequestId] ON [AuditEntries] ([RequestId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122041131_First'
)
BEGIN
    CREATE INDEX [IX_AuditEntries_StaffId] ON [AuditEntries] ([StaffId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122041131_First'
)
BEGIN
    CREATE INDEX [IX_CallbackRequests_EmailHash] ON [CallbackRequests] ([EmailHash]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122041131_First'
)
BEGIN
    CREATE INDEX [IX_CallbackRequests_PhoneHash] ON [CallbackRequests] ([PhoneHash]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122041131_First'
)
BEGIN
    CREATE UNIQUE INDEX [IX_CallbackRequests_Reference] ON [CallbackRequests] ([Reference]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122041131_First'
)
BEGIN
    EXEC(N'CREATE UNIQUE INDEX [IX_CallbackRequests_RepeatKey] ON [CallbackRequests] ([RepeatKey]) WHERE [RepeatKey] IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122041131_First'
)
BEGIN
    CREATE INDEX [IX_CallbackRequests_Status_ReceivedAt] ON [CallbackRequests] ([Status], [ReceivedAt]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122041131_First'
)
BEGIN
    CREATE UNIQUE INDEX [IX_ContentItems_Kind_Key] ON [ContentItems] ([Kind], [Key]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122041131_First'
)
BEGIN
    CREATE UNIQUE INDEX [IX_ContentRevision_ItemId_Number] ON [ContentRevision] ([ItemId], [Number]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122041131_First'
)
BEGIN
    CREATE INDEX [IX_OutboxMessages_RequestId] ON [OutboxMessages] ([RequestId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122041131_First'
)
BEGIN
    CREATE INDEX [IX_OutboxMessages_SentAt_ParkedAt_DueAt] ON [OutboxMessages] ([SentAt], [ParkedAt], [DueAt]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122041131_First'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261122041131_First', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122080828_Unopened'
)
BEGIN
    ALTER TABLE [CallbackRequests] ADD [EscalatedAt] datetime2 NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122080828_Unopened'
)
BEGIN
    ALTER TABLE [CallbackRequests] ADD [RemindedAt] datetime2 NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122080828_Unopened'
)
BEGIN
    CREATE INDEX [IX_CallbackRequests_OpenedAt_ReceivedAt] ON [CallbackRequests] ([OpenedAt], [ReceivedAt]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122080828_Unopened'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261122080828_Unopened', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122083655_Windows'
)
BEGIN
    ALTER TABLE [CallbackRequests] ADD [PromisedFrom] datetime2 NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122083655_Windows'
)
BEGIN
    ALTER TABLE [CallbackRequests] ADD [PromisedUntil] datetime2 NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122083655_Windows'
)
BEGIN
    ALTER TABLE [CallbackRequests] ADD [ReadFirst] bit NOT NULL DEFAULT CAST(0 AS bit);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122083655_Windows'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261122083655_Windows', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122095832_DeskWork'
)
BEGIN
    DROP INDEX [IX_CallbackRequests_Status_ReceivedAt] ON [CallbackRequests];
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122095832_DeskWork'
)
BEGIN
    ALTER TABLE [CallbackRequests] ADD [DueAt] datetime2 NOT NULL DEFAULT '0001-01-01T00:00:00.0000000';
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122095832_DeskWork'
)
BEGIN
    ALTER TABLE [CallbackRequests] ADD [DueFrom] datetime2 NOT NULL DEFAULT '0001-01-01T00:00:00.0000000';
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122095832_DeskWork'
)
BEGIN
    ALTER TABLE [CallbackRequests] ADD [FirstAttemptAt] datetime2 NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122095832_DeskWork'
)
BEGIN
    ALTER TABLE [CallbackRequests] ADD [LeadFirst] bit NOT NULL DEFAULT CAST(0 AS bit);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122095832_DeskWork'
)
BEGIN
    ALTER TABLE [CallbackRequests] ADD [NumberIsWrong] bit NOT NULL DEFAULT CAST(0 AS bit);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122095832_DeskWork'
)
BEGIN
    ALTER TABLE [CallbackRequests] ADD [ReachedAt] datetime2 NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122095832_DeskWork'
)
BEGIN
    ALTER TABLE [CallbackRequests] ADD [StoppedAt] datetime2 NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122095832_DeskWork'
)
BEGIN
    ALTER TABLE [CallbackRequests] ADD [Tries] int NOT NULL DEFAULT 0;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122095832_DeskWork'
)
BEGIN
    ALTER TABLE [AuditEntries] ADD [Seal] nvarchar(64) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122095832_DeskWork'
)
BEGIN
    ALTER TABLE [AuditEntries] ADD [Sequence] bigint NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122095832_DeskWork'
)
BEGIN
    EXEC(N'UPDATE CallbackRequests SET DueFrom = COALESCE(PromisedFrom, ReceivedAt), DueAt = COALESCE(PromisedUntil, ReceivedAt)')
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122095832_DeskWork'
)
BEGIN
    EXEC(N'UPDATE CallbackRequests SET DueFrom = ''9999-12-31 00:00:00'', DueAt = ''9999-12-31 00:00:00'' WHERE ClosedAt IS NOT NULL')
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122095832_DeskWork'
)
BEGIN
    CREATE TABLE [BenefitChecks] (
        [RequestId] uniqueidentifier NOT NULL,
        [Status] nvarchar(40) NOT NULL,
        [StaffId] uniqueidentifier NOT NULL,
        [At] datetime2 NOT NULL,
        [RowVersion] int NOT NULL,
        [SealedAnswer] varbinary(max) NOT NULL,
        [SealedInsurer] varbinary(max) NOT NULL,
        CONSTRAINT [PK_BenefitChecks] PRIMARY KEY ([RequestId]),
        CONSTRAINT [FK_BenefitChecks_CallbackRequests_RequestId] FOREIGN KEY ([RequestId]) REFERENCES [CallbackRequests] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122095832_DeskWork'
)
BEGIN
    CREATE TABLE [ContactAttempts] (
        [Id] uniqueidentifier NOT NULL,
        [RequestId] uniqueidentifier NOT NULL,
        [At] datetime2 NOT NULL,
        [StaffId] uniqueidentifier NOT NULL,
        [Channel] nvarchar(40) NOT NULL,
        [Result] nvarchar(40) NOT NULL,
        [TheirDate] date NOT NULL,
        [TheirHour] int NOT NULL,
        CONSTRAINT [PK_ContactAttempts] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_ContactAttempts_CallbackRequests_RequestId] FOREIGN KEY ([RequestId]) REFERENCES [CallbackRequests] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122095832_DeskWork'
)
BEGIN
    CREATE TABLE [ContactStops] (
        [Hash] nvarchar(64) NOT NULL,
        [At] datetime2 NOT NULL,
        CONSTRAINT [PK_ContactStops] PRIMARY KEY ([Hash])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122095832_DeskWork'
)
BEGIN
    CREATE TABLE [DuplicateVerdicts] (
        [FirstId] uniqueidentifier NOT NULL,
        [SecondId] uniqueidentifier NOT NULL,
        [IsSame] bit NOT NULL,
        [StaffId] uniqueidentifier NOT NULL,
        [At] datetime2 NOT NULL,
        CONSTRAINT [PK_DuplicateVerdicts] PRIMARY KEY ([FirstId], [SecondId])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122095832_DeskWork'
)
BEGIN
    CREATE TABLE [Leases] (
        [Name] nvarchar(40) NOT NULL,
        [Holder] uniqueidentifier NOT NULL,
        [Until] datetime2 NOT NULL,
        CONSTRAINT [PK_Leases] PRIMARY KEY ([Name])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122095832_DeskWork'
)
BEGIN
    CREATE TABLE [RequestNotes] (
        [Id] uniqueidentifier NOT NULL,
        [RequestId] uniqueidentifier NOT NULL,
        [StaffId] uniqueidentifier NOT NULL,
        [At] datetime2 NOT NULL,
        [SealedText] varbinary(max) NOT NULL,
        CONSTRAINT [PK_RequestNotes] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_RequestNotes_CallbackRequests_RequestId] FOREIGN KEY ([RequestId]) REFERENCES [CallbackRequests] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122095832_DeskWork'
)
BEGIN
    CREATE TABLE [RetentionRuns] (
        [Id] bigint NOT NULL IDENTITY,
        [StartedAt] datetime2 NOT NULL,
        [EndedAt] datetime2 NOT NULL,
        [Deleted] int NOT NULL,
        CONSTRAINT [PK_RetentionRuns] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122095832_DeskWork'
)
BEGIN
    CREATE INDEX [IX_CallbackRequests_Queue] ON [CallbackRequests] ([ClosedAt], [Quarantine], [DueAt], [DueFrom], [ReadFirst], [Status], [Place], [ClaimedUntil], [ClaimedById], [Id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122095832_DeskWork'
)
BEGIN
    CREATE INDEX [IX_CallbackRequests_ReceivedAt] ON [CallbackRequests] ([ReceivedAt]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122095832_DeskWork'
)
BEGIN
    EXEC(N'CREATE UNIQUE INDEX [IX_AuditEntries_Sequence] ON [AuditEntries] ([Sequence]) WHERE [Sequence] IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122095832_DeskWork'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_AuditEntries_Unsealed] ON [AuditEntries] ([Id]) WHERE Sequence IS NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122095832_DeskWork'
)
BEGIN
    CREATE INDEX [IX_ContactAttempts_At] ON [ContactAttempts] ([At]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122095832_DeskWork'
)
BEGIN
    CREATE INDEX [IX_ContactAttempts_RequestId] ON [ContactAttempts] ([RequestId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122095832_DeskWork'
)
BEGIN
    CREATE INDEX [IX_DuplicateVerdicts_SecondId] ON [DuplicateVerdicts] ([SecondId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122095832_DeskWork'
)
BEGIN
    CREATE INDEX [IX_RequestNotes_RequestId] ON [RequestNotes] ([RequestId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122095832_DeskWork'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261122095832_DeskWork', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122134013_Arrived'
)
BEGIN
    CREATE INDEX [IX_CallbackRequests_Arrived] ON [CallbackRequests] ([ClosedAt], [Quarantine], [ReceivedAt]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122134013_Arrived'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261122134013_Arrived', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122173252_AuditActions'
)
BEGIN
    CREATE INDEX [IX_AuditEntries_Action] ON [AuditEntries] ([Action]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122173252_AuditActions'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261122173252_AuditActions', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122191544_OutboxHeld'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_OutboxMessages_Held] ON [OutboxMessages] ([LeasedUntil]) WHERE LeaseToken IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122191544_OutboxHeld'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261122191544_OutboxHeld', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122215834_EditorialDesk'
)
BEGIN
    ALTER TABLE [ContentRevision] ADD [AuthorId] uniqueidentifier NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122215834_EditorialDesk'
)
BEGIN
    ALTER TABLE [ContentRevision] ADD [BasedOn] int NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122215834_EditorialDesk'
)
BEGIN
    ALTER TABLE [ContentRevision] ADD [RestoredFrom] int NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122215834_EditorialDesk'
)
BEGIN
    CREATE TABLE [Autosaves] (
        [ItemId] int NOT NULL,
        [StaffId] uniqueidentifier NOT NULL,
        [Text] nvarchar(max) NOT NULL,
        [BasedOn] int NOT NULL,
        [SavedAt] datetime2 NOT NULL,
        CONSTRAINT [PK_Autosaves] PRIMARY KEY ([ItemId], [StaffId]),
        CONSTRAINT [FK_Autosaves_ContentItems_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [ContentItems] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122215834_EditorialDesk'
)
BEGIN
    CREATE TABLE [ContentEvent] (
        [Id] int NOT NULL IDENTITY,
        [ItemId] int NOT NULL,
        [Number] int NOT NULL,
        [Kind] nvarchar(40) NOT NULL,
        [StaffId] uniqueidentifier NOT NULL,
        [StaffName] nvarchar(100) NOT NULL,
        [Note] nvarchar(1000) NOT NULL,
        [At] datetime2 NOT NULL,
        CONSTRAINT [PK_ContentEvent] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_ContentEvent_ContentItems_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [ContentItems] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122215834_EditorialDesk'
)
BEGIN
    CREATE INDEX [IX_ContentEvent_ItemId_Number] ON [ContentEvent] ([ItemId], [Number]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122215834_EditorialDesk'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261122215834_EditorialDesk', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123023454_RedirectHits'
)
BEGIN
    CREATE TABLE [RedirectHits] (
        [Path] nvarchar(400) NOT NULL,
        [Day] date NOT NULL,
        [Count] int NOT NULL,
        CONSTRAINT [PK_RedirectHits] PRIMARY KEY ([Path], [Day])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123023454_RedirectHits'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261123023454_RedirectHits', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123030408_ContentSchedule'
)
BEGIN
    CREATE TABLE [ScheduledChanges] (
        [Id] int NOT NULL IDENTITY,
        [ItemId] int NOT NULL,
        [Deed] nvarchar(40) NOT NULL,
        [Number] int NOT NULL,
        [DueAt] datetime2 NOT NULL,
        [StaffId] uniqueidentifier NOT NULL,
        [StaffName] nvarchar(100) NOT NULL,
        [Reason] nvarchar(300) NOT NULL,
        [CreatedAt] datetime2 NOT NULL,
        [State] nvarchar(40) NOT NULL,
        [EndedAt] datetime2 NULL,
        [Fault] nvarchar(1000) NOT NULL,
        [IsSeen] bit NOT NULL,
        CONSTRAINT [PK_ScheduledChanges] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_ScheduledChanges_ContentItems_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [ContentItems] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123030408_ContentSchedule'
)
BEGIN
    CREATE INDEX [IX_ScheduledChanges_ItemId] ON [ScheduledChanges] ([ItemId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123030408_ContentSchedule'
)
BEGIN
    CREATE INDEX [IX_ScheduledChanges_State_DueAt] ON [ScheduledChanges] ([State], [DueAt]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123030408_ContentSchedule'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261123030408_ContentSchedule', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123071546_UploadedPictures'
)
BEGIN
    CREATE TABLE [PictureFiles] (
        [Name] nvarchar(24) NOT NULL,
        [MediaType] nvarchar(20) NOT NULL,
        [Width] int NOT NULL,
        [Height] int NOT NULL,
        [Bytes] varbinary(max) NOT NULL,
        [StaffId] uniqueidentifier NULL,
        [StaffName] nvarchar(100) NOT NULL,
        [StoredAt] datetime2 NOT NULL,
        CONSTRAINT [PK_PictureFiles] PRIMARY KEY ([Name])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123071546_UploadedPictures'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261123071546_UploadedPictures', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123130020_SeveralMachines'
)
BEGIN
    IF SCHEMA_ID(N'staff') IS NULL EXEC(N'CREATE SCHEMA [staff];');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123130020_SeveralMachines'
)
BEGIN
    IF SCHEMA_ID(N'content') IS NULL EXEC(N'CREATE SCHEMA [content];');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123130020_SeveralMachines'
)
BEGIN
    IF SCHEMA_ID(N'admissions') IS NULL EXEC(N'CREATE SCHEMA [admissions];');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123130020_SeveralMachines'
)
BEGIN
    IF SCHEMA_ID(N'site') IS NULL EXEC(N'CREATE SCHEMA [site];');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123130020_SeveralMachines'
)
BEGIN
    IF SCHEMA_ID(N'keys') IS NULL EXEC(N'CREATE SCHEMA [keys];');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123130020_SeveralMachines'
)
BEGIN
    ALTER SCHEMA [content] TRANSFER [ScheduledChanges];
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123130020_SeveralMachines'
)
BEGIN
    ALTER SCHEMA [admissions] TRANSFER [RetentionRuns];
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123130020_SeveralMachines'
)
BEGIN
    ALTER SCHEMA [admissions] TRANSFER [RequestNotes];
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123130020_SeveralMachines'
)
BEGIN
    ALTER SCHEMA [content] TRANSFER [RedirectHits];
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123130020_SeveralMachines'
)
BEGIN
    ALTER SCHEMA [content] TRANSFER [PictureFiles];
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123130020_SeveralMachines'
)
BEGIN
    ALTER SCHEMA [admissions] TRANSFER [OutboxMessages];
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123130020_SeveralMachines'
)
BEGIN
    ALTER SCHEMA [site] TRANSFER [Leases];
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123130020_SeveralMachines'
)
BEGIN
    ALTER SCHEMA [admissions] TRANSFER [DuplicateVerdicts];
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123130020_SeveralMachines'
)
BEGIN
    ALTER SCHEMA [content] TRANSFER [ContentVersions];
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123130020_SeveralMachines'
)
BEGIN
    ALTER SCHEMA [content] TRANSFER [ContentRevision];
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123130020_SeveralMachines'
)
BEGIN
    ALTER SCHEMA [content] TRANSFER [ContentItems];
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123130020_SeveralMachines'
)
BEGIN
    ALTER SCHEMA [content] TRANSFER [ContentEvent];
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123130020_SeveralMachines'
)
BEGIN
    ALTER SCHEMA [admissions] TRANSFER [ContactStops];
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123130020_SeveralMachines'
)
BEGIN
    ALTER SCHEMA [admissions] TRANSFER [ContactAttempts];
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123130020_SeveralMachines'
)
BEGIN
    ALTER SCHEMA [admissions] TRANSFER [CallbackRequests];
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123130020_SeveralMachines'
)
BEGIN
    ALTER SCHEMA [admissions] TRANSFER [BenefitChecks];
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123130020_SeveralMachines'
)
BEGIN
    ALTER SCHEMA [content] TRANSFER [Autosaves];
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123130020_SeveralMachines'
)
BEGIN
    ALTER SCHEMA [staff] TRANSFER [AuditEntries];
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123130020_SeveralMachines'
)
BEGIN
    ALTER SCHEMA [staff] TRANSFER [AspNetUserTokens];
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123130020_SeveralMachines'
)
BEGIN
    ALTER SCHEMA [staff] TRANSFER [AspNetUsers];
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123130020_SeveralMachines'
)
BEGIN
    ALTER SCHEMA [staff] TRANSFER [AspNetUserRoles];
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123130020_SeveralMachines'
)
BEGIN
    ALTER SCHEMA [staff] TRANSFER [AspNetUserPasskeys];
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123130020_SeveralMachines'
)
BEGIN
    ALTER SCHEMA [staff] TRANSFER [AspNetUserLogins];
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123130020_SeveralMachines'
)
BEGIN
    ALTER SCHEMA [staff] TRANSFER [AspNetUserClaims];
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123130020_SeveralMachines'
)
BEGIN
    ALTER SCHEMA [staff] TRANSFER [AspNetRoles];
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123130020_SeveralMachines'
)
BEGIN
    ALTER SCHEMA [staff] TRANSFER [AspNetRoleClaims];
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123130020_SeveralMachines'
)
BEGIN
    CREATE TABLE [keys].[StoredKeys] (
        [Ring] nvarchar(40) NOT NULL,
        [Name] nvarchar(100) NOT NULL,
        [Xml] nvarchar(max) NOT NULL,
        [Version] uniqueidentifier NOT NULL,
        [Signature] varbinary(max) NOT NULL,
        CONSTRAINT [PK_StoredKeys] PRIMARY KEY ([Ring], [Name])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123130020_SeveralMachines'
)
BEGIN
    CREATE TABLE [site].[Tallies] (
        [Name] nvarchar(64) NOT NULL,
        [Count] int NOT NULL,
        [Until] datetime2 NOT NULL,
        CONSTRAINT [PK_Tallies] PRIMARY KEY ([Name])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123130020_SeveralMachines'
)
BEGIN
    CREATE INDEX [IX_Tallies_Until] ON [site].[Tallies] ([Until]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123130020_SeveralMachines'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261123130020_SeveralMachines', N'10.0.14');
END;

COMMIT;
GO

