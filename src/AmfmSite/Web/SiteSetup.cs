using System.Globalization;
using System.Net;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Content;
using AmfmSite.Features.Content.Pack;
using AmfmSite.Features.Content.Pictures;
using AmfmSite.Features.Desk;
using AmfmSite.Features.Editing;
using AmfmSite.Features.Intake;
using AmfmSite.Features.Intake.Demo;
using AmfmSite.Features.MyRequest;
using AmfmSite.Features.Pages;
using AmfmSite.Features.Search;
using AmfmSite.Features.Staff;
using AmfmSite.Mail;
using AmfmSite.Outbox;
using AmfmSite.Storage;
using FluentValidation;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace AmfmSite.Web;

/// <summary>What the site is made of, in three steps: services, pipeline, and what must be ready before it serves.</summary>
internal static class SiteSetup
{
    private const int LongestAddress = 4 * 1024;

    /// <summary>
    /// SQLite waits for a lock on the thread that asked. More threads than can wait so (AskForCall bounds the visitors', the
    /// outbox has its workers) are there from the start, so that pages go out meanwhile; the pool alone adds one or two a second.
    /// </summary>
    private const int Threads = 48;

    /// <summary>Bytes of a form with a text: twice the longest text, since a form writes many signs as three, and again as much for an older one beside it.</summary>
    internal const int LongestText = 4 * ContentRevision.MostBytes;

    /// <summary>Bytes of any other form.</summary>
    internal const int LongestBody = 64 * 1024;

    /// <summary>How long what has begun may go on when the site stops.</summary>
    internal static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LongestHeaders = TimeSpan.FromSeconds(15);

    public static void AddSite(this WebApplicationBuilder builder, bool forCommand)
    {
        ThreadPool.GetMinThreads(out var threads, out var ports);
        ThreadPool.SetMinThreads(Math.Max(threads, Threads), ports);
        var (services, configuration, environment) = (builder.Services, builder.Configuration, builder.Environment);
        var directories = Directories.From(configuration, environment);
        services.AddSingleton(directories);
        services.TryAddClock();
        AddLog(builder, forCommand);
        services.AddKeys(configuration, environment, directories);
        services.AddDatabase(configuration, directories.Data);

        services.AddOptions<SiteOptions>().Bind(configuration.GetSection(SiteOptions.Section))
            .Validate(site => environment.IsDevelopment() || site.BaseUrl.Length > 0, "Site:BaseUrl is empty. Name the address the public uses, for example Site__BaseUrl=https://www.example.org.")
            .Validate(site => site.BaseUrl.Length == 0 || Uri.TryCreate(site.BaseUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https", "Site:BaseUrl is no web address. Write it with https://.")
            .ValidateOnStart();
        services.AddOptions<IntakeOptions>().Bind(configuration.GetSection(IntakeOptions.Section))
            .Validate(intake => intake is { MinimumSeconds: >= 0, SoftLimitPer10Minutes: >= 0, HardLimitPer10Minutes: >= 0, MyRequestTriesPer10Minutes: >= 0 }, "The limits under Intake are 0 (off) or more.")
            .Validate(intake => intake is { ReminderMinutes: >= 0 and <= IntakeOptions.MostMinutes, EscalationMinutes: >= 0 and <= IntakeOptions.MostMinutes }, $"Intake:ReminderMinutes and Intake:EscalationMinutes are 0 (off) to {IntakeOptions.MostMinutes}, a week.")
            .ValidateOnStart();
        services.AddOptions<OutboxOptions>().Bind(configuration.GetSection(OutboxOptions.Section))
            .Validate(outbox => outbox is { PollSeconds: >= 1, LeaseSeconds: >= 30, Workers: >= 1 and <= 32 }, "Outbox: PollSeconds is at least 1, LeaseSeconds at least 30, Workers 1 to 32.")
            .ValidateOnStart();
        services.AddOptions<RetentionOptions>().Bind(configuration.GetSection(RetentionOptions.Section))
            .Validate(retention => retention.ClosedDays >= 1, "Retention:ClosedDays is at least 1.")
            .ValidateOnStart();
        services.AddOptions<EditingOptions>().Bind(configuration.GetSection(EditingOptions.Section))
            .Validate(editing => editing.PreviewLinkDays is >= 1 and <= 30, "Editing:PreviewLinkDays is 1 to 30.")
            .Validate(editing => editing.OverdueGraceDays is >= 0 and <= 3650, "Editing:OverdueGraceDays is 0 to 3650.")
            .Validate(editing => editing.RemindersTo.Length == 0 || MailOptionsValidator.IsOneAddress(editing.RemindersTo), "Editing:RemindersTo is not one mail address in ASCII. Write it like Editing__RemindersTo=editors@example.org.")
            .ValidateOnStart();

        services.AddSingleton<SiteAddress>();
        services.AddSingleton(provider => new PublicPromises(
            provider.GetRequiredService<IOptions<RetentionOptions>>().Value.ClosedDays,
            provider.GetRequiredService<IOptions<MailOptions>>().Value.IncludeContactDetails));
        services.AddSingleton<PublishedContent>().AddSingleton<PictureShelf>();
        services.AddSingleton<RenderedPages>().AddHostedService<PageWarmer>().AddSingleton<SiteSearch>();
        services.AddScoped<ContentImport>().AddScoped<Publishing>().AddScoped<ContentCommands>();
        services.AddHostedService<ContentPoller>().AddHostedService<ScheduleTimer>().AddHostedService<ReviewReminderTimer>();
        services.AddSingleton<RedirectHits>().AddHostedService<RedirectHitTimer>();

        services.AddSingleton<IValidator<CallbackForm>, CallbackFormValidator>();
        services.AddSingleton<TimedTokens>();
        services.AddSingleton<PreviewToken>();
        services.AddSingleton<FormStamp>().AddSingleton<ReceivedToken>().AddSingleton<RequestLimits>().AddSingleton<AskForCall>();
        services.AddSingleton<MyRequestToken>().AddSingleton<MyRequestLimits>().AddScoped<CodeLock>().AddSingleton<Decoy>().AddScoped<OwnRequest>().AddScoped<MyRequestPage>().AddScoped<OwnWork>();
        services.AddScoped<IMailWriter, RequestMail>().AddScoped<ReminderMail>().AddScoped<IMailWriter, EditingMail>();
        services.AddSingleton(provider => DeskTimeOf(provider.GetRequiredService<PublishedContent>())).AddScoped<Unopened>().AddScoped<Reminders>().AddHostedService<ReminderTimer>();
        services.AddScoped<DueTimes>().AddHostedService<DueTimesTimer>();
        services.AddSingleton<RequestLog>().AddSingleton<SiteMetrics>().AddHostedService<BacklogTimer>();
        services.AddSingleton(new DeletionLog(directories.Deletions)).AddScoped<Retention>().AddHostedService<RetentionTimer>().AddScoped<RestoredDatabase>();
        services.AddScoped<Resealing>().AddScoped<KeyCommands>().AddScoped<BackupCommands>().AddScoped<Doctor>();
        services.AddMail(configuration);
        services.Configure<MailOptions>(mail => mail.PickupDirectory = directories.Mails);
        services.AddSingleton<OutboxSignal>().AddSingleton<LeaseWatch>().AddScoped<OutboxStore>().AddHostedService<OutboxDispatcher>();

        services.AddTelemetry(configuration);
        services.AddStaff(configuration, environment);
        services.AddSingleton<AuditChain>().AddSingleton(new AuditHeads(directories.AuditHeads)).AddHostedService<AuditSealer>().AddScoped<AuditVerification>().AddScoped<AuditCommands>();
        services.AddScoped<StaffCommands>();
        services.AddScoped<RequestPage>().AddScoped<RequestWork>().AddScoped<NextCalls>().AddSingleton<DeskClock>().AddSingleton<DeskAlarms>();
        services.AddScoped<QueueList>().AddScoped<DemoRequests>().AddScoped<DeskSettingsPage>();
        services.AddSingleton<ProofQueue>().AddScoped<ContentProofs>().AddScoped<DraftPage>().AddScoped<Publications>().AddScoped<Schedules>().AddScoped<ItemPage>().AddScoped<EditPage>().AddScoped<ReferenceImport>();
        services.AddHealthChecks().AddCheck<ReadyCheck>("ready", tags: [ReadyCheck.Tag]).AddCheck<OutboxCheck>("outbox", tags: [OutboxCheck.Tag]).AddCheck<RetentionCheck>("retention", tags: [RetentionCheck.Tag]);
        services.AddControllersWithViews(mvc =>
        {
            mvc.Filters.Add(new AutoValidateAntiforgeryTokenAttribute());

            // They read names as jQuery writes them, which nothing here does, and throw at a bracket that is not closed.
            mvc.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
            mvc.ValueProviderFactories.RemoveType<JQueryQueryStringValueProviderFactory>();

            // What the address says goes before what a form says: a field named "id" turns no deed to another request.
            var address = mvc.ValueProviderFactories.OfType<RouteValueProviderFactory>().Single();
            mvc.ValueProviderFactories.Remove(address);
            mvc.ValueProviderFactories.Insert(0, address);
        });
        services.Configure<RazorViewEngineOptions>(razor => razor.ViewLocationExpanders.Add(new FeatureViewLocations()));
        services.Configure<FormOptions>(forms => forms.MemoryBufferThreshold = PictureUploadsController.LongestBody);
        services.Configure<RouteOptions>(routes => routes.LowercaseUrls = true);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = Goodbye);
        services.Configure<ForwardedHeadersOptions>(forwarded => Believe(forwarded, configuration));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LongestBody;

            // Beyond this Kestrel cuts the connection off with a bare 414; up to it, the answer is a page of ours.
            kestrel.Limits.MaxRequestLineSize = 128 * 1024;

            // Who sends a byte now and then is hung up on, and holds nothing but a connection until then.
            kestrel.Limits.RequestHeadersTimeout = LongestHeaders;
            kestrel.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        });
    }

    public static void UseSite(this WebApplication app)
    {
        var requests = app.Services.GetRequiredService<RequestLog>();
        app.Use(next => context => requests.RunAsync(context, next));
        app.UseSecurityHeaders(https: app.Services.GetRequiredService<IOptions<SiteOptions>>().Value.BaseUrl.StartsWith("https:", StringComparison.OrdinalIgnoreCase));
        var pages = app.Services.GetRequiredService<RenderedPages>();
        app.Use(pages.Before);
        app.UseForwardedHeaders();
        app.UseExceptionHandler("/error/500");
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.Use((context, next) => context.Request.Path.Value?.Length + context.Request.QueryString.Value?.Length <= LongestAddress
            ? next(context)
            : Task.FromResult(context.Response.StatusCode = StatusCodes.Status414UriTooLong));
        app.UseWhen(context => !IsEditing(context), rest => rest.UseReadableForms());
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();

        // Texts are longer than any other form; only who may write them gets so far with one.
        app.UseWhen(IsEditing, desk => desk.UseReadableForms(LongestText));
        app.MapStaticAssets();
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new() { Predicate = check => check.Tags.Contains(ReadyCheck.Tag) });
        app.MapHealthChecks("/health/outbox", new() { Predicate = check => check.Tags.Contains(OutboxCheck.Tag), ResultStatusCodes = OutboxCheck.StatusCodes, ResponseWriter = OutboxCheck.WriteAsync });
        app.MapHealthChecks("/health/retention", new() { Predicate = check => check.Tags.Contains(RetentionCheck.Tag), ResponseWriter = OutboxCheck.WriteAsync });
        app.MapControllers().WithStaticAssets();
    }

    /// <summary>Migrates the database, loads the content pack and the pages. A fault stops the start, unless pages are there to serve.</summary>
    public static async Task PrepareAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var db = services.GetRequiredService<AmfmDbContext>();
        await db.BeginUseAsync(app.Lifetime, CancellationToken.None);
        await db.UpgradeAsync(CancellationToken.None);
        services.TakeKeysOver();
        await services.GetRequiredService<RestoredDatabase>().FindAsync(CancellationToken.None);
        try
        {
            var report = await services.GetRequiredService<ContentImport>().RunAsync(services.GetRequiredService<Directories>().ContentPack, CancellationToken.None);
            if (!report.ChangesNothing) app.Logger.LogInformation("Content pack: {Report}", report);
            foreach (var kept in report.Kept) app.Logger.LogWarning("Content pack: {File} differs from what an editor published here; the editor's text stays", kept);
        }
        catch (ContentFaultException fault) when (!app.Environment.IsDevelopment())
        {
            db.ChangeTracker.Clear();
            if (!await db.ContentVersions.AnyAsync()) throw;
            app.Logger.LogError("The pages published before stay. {Fault}", fault.Message);
        }

        await services.GetRequiredService<PublishedContent>().RefreshAsync(db, CancellationToken.None);
    }

    private static bool IsEditing(HttpContext context) => context.Request.Path.StartsWithSegments("/editing");

    /// <summary>The desk's confirmed hours as they stand; until there are any, waiting counts at every hour.</summary>
    private static DeskTime DeskTimeOf(PublishedContent published) => new((from, to) => published is { IsLoaded: true, Current.Desk: { Confirmed: true } desk }
        ? desk.Hours.OpenTimeBetween(from.ToInstant(), to.ToInstant()).ToTimeSpan()
        : to - from);

    private static void TryAddClock(this IServiceCollection services) =>
        Microsoft.Extensions.DependencyInjection.Extensions.ServiceCollectionDescriptorExtensions.TryAddSingleton(services, TimeProvider.System);

    /// <summary>
    /// Serilog writes what .NET's own levels let through: plain lines while developing, JSON elsewhere. To standard output;
    /// a command keeps that for its results and talks on standard error. Nobody waits for a line of the site to be taken.
    /// </summary>
    private static void AddLog(WebApplicationBuilder builder, bool forCommand)
    {
        LogEventLevel? toErrorFrom = forCommand ? LogEventLevel.Verbose : null;
        var console = new LoggerConfiguration().MinimumLevel.Verbose();
        if (builder.Environment.IsDevelopment()) console.WriteTo.Console(formatProvider: CultureInfo.InvariantCulture, standardErrorFromLevel: toErrorFrom);
        else console.WriteTo.Console(new AsciiJson(), standardErrorFromLevel: toErrorFrom);
        var log = forCommand ? console : new LoggerConfiguration().MinimumLevel.Verbose().WriteTo.Sink(new LogQueue(console.CreateLogger()));

        // Added as a provider by hand: Serilog's own AddSerilog sets a filter that overrides Logging:LogLevel.
        builder.Logging.ClearProviders().AddProvider(new SerilogLoggerProvider(log.CreateLogger(), dispose: true));
    }

    private static void Believe(ForwardedHeadersOptions forwarded, IConfiguration configuration)
    {
        forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        foreach (var proxy in configuration.GetSection($"{SiteOptions.Section}:{nameof(SiteOptions.TrustedProxies)}").Get<string[]>() ?? [])
        {
            if (System.Net.IPNetwork.TryParse(proxy, out var network)) forwarded.KnownIPNetworks.Add(network);
            else if (IPAddress.TryParse(proxy, out var address)) forwarded.KnownProxies.Add(address);
            else throw new SettingsException($"Site:TrustedProxies: {proxy} is neither an address nor a network such as 10.0.0.0/24.");
        }
    }
}
