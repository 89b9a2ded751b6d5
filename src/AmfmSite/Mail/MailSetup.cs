using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AmfmSite.Mail;

/// <summary>Puts the way mail leaves into the services.</summary>
public static class MailSetup
{
    /// <summary>
    /// Binds and checks the settings at start. Each <see cref="IMailTransport"/> is new: a worker takes one from a scope of
    /// its own, which also closes it. The caller configures <see cref="MailOptions.PickupDirectory"/>.
    /// </summary>
    public static IServiceCollection AddMail(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<MailOptions>()
            .Bind(configuration.GetSection(MailOptions.Section))
            .PostConfigure<IHostEnvironment>((options, environment) => options.FillUnset(environment.IsDevelopment()))
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MailOptions>, MailOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IAccessTokens, ClientCredentialTokens>();
        return services.AddTransient(MakeTransport);
    }

    static IMailTransport MakeTransport(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<MailOptions>>().Value;
        var clock = services.GetRequiredService<TimeProvider>();
        return options.Transport switch
        {
            MailTransportKind.Pickup => new PickupTransport(options.PickupDirectory, options, clock),
#if WITH_MAILKIT
            MailTransportKind.Smtp => new MailKitTransport(options, options.OAuth.IsSet ? services.GetRequiredService<IAccessTokens>() : null, clock),
#else
            MailTransportKind.Smtp => new SmtpTransport(options, clock),
#endif
            _ => throw new InvalidOperationException("Mail:Transport is not set, and the check at start did not say so."),
        };
    }
}
