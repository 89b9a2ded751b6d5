using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;

namespace AmfmSite.Features.Staff;

/// <summary>Accounts, sign-in and the policies of the desk. Nothing here touches a visitor: the public site has no cookie.</summary>
public static class StaffSetup
{
    public const int ShortestPassword = 12;

    /// <summary>Rounds of PBKDF2 with HMAC-SHA-512 (OWASP ASVS 5.0.0, appendix C); Identity's own are half as many. A password stored with fewer is hashed anew at its next sign-in.</summary>
    internal const int HashRounds = 220_000;

    internal static readonly string PasswordRule =
        $"Choose a longer password: at least {ShortestPassword} characters, and none that is guessed first: not the same few again and again, no row of the keyboard, not your address.";

    /// <summary>The tables of Identity, those for passkeys included.</summary>
    internal static void Stores(IdentityOptions options) => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;

    public static IServiceCollection AddStaff(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        services.AddOptions<StaffOptions>().Bind(configuration.GetSection(StaffOptions.Section))
            .Validate(staff => staff.SignInsPer10Minutes >= 0, "Staff:SignInsPer10Minutes is 0 (off) or more.")
            .ValidateOnStart();
        services.AddScoped<SignInLimits>().AddScoped<SecondFactors>().AddScoped<StaffAccounts>().AddSingleton<StaffCookie>();
        services.AddHttpContextAccessor();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddIdentityCore<StaffMember>(options =>
            {
                Stores(options);
                options.User.RequireUniqueEmail = true;

                // Length is what counts; rules about signs make passwords worse (NIST SP 800-63B, 3.1.1).
                options.Password = new() { RequiredLength = ShortestPassword, RequireDigit = false, RequireLowercase = false, RequireNonAlphanumeric = false, RequireUppercase = false, RequiredUniqueChars = 5 };
            })
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<AmfmDbContext>()
            .AddSignInManager<StaffSignInManager>()
            .AddPasswordValidator<PlainPasswords>()
            .AddDefaultTokenProviders();
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = HashRounds);
        services.AddOptions<IdentityPasskeyOptions>().Configure<SiteAddress>((options, address) => Passkeys(options, address, environment));
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme, options =>
        {
            options.Cookie.Name = environment.IsDevelopment() ? "amfm-step" : "__Host-amfm-step";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
        });
        services.ConfigureApplicationCookie(options =>
        {
            // StaffCookie goes by times of its own; this one only ends what nobody uses any more.
            options.EventsType = typeof(StaffCookie);
            options.ExpireTimeSpan = StaffSession.Longest;
            options.SlidingExpiration = false;
            options.Cookie.Name = environment.IsDevelopment() ? "amfm-staff" : "__Host-amfm-staff";

            // Lax, so that the link in a mail, opened from a web mailer, finds whoever clicks it signed in. Every change is a POST with antiforgery.
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
        });
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = environment.IsDevelopment() ? "amfm-form" : "__Host-amfm-form";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
        });
        services.AddSingleton<IAuthorizationHandler, SessionRequirementHandler>().AddSingleton<IAuthorizationMiddlewareResultHandler, StaffGate>();
        StaffPolicies.AddTo(services.AddAuthorizationBuilder());
        return services;
    }

    /// <summary>A passkey is a whole sign-in, so it asks who is there (fingerprint, face or PIN), and is found without typing a name.</summary>
    private static void Passkeys(IdentityPasskeyOptions options, SiteAddress address, IHostEnvironment environment)
    {
        options.ServerDomain = address.Host;
        options.UserVerificationRequirement = "required";
        options.ResidentKeyRequirement = "required";
        options.AttestationConveyancePreference = "none";
        options.ValidateOrigin = asked => ValueTask.FromResult(!asked.CrossOrigin && Uri.TryCreate(asked.Origin, UriKind.Absolute, out var origin)
            && (environment.IsDevelopment() ? origin.Host == address.Host : origin.GetLeftPart(UriPartial.Authority) == new Uri(address.BaseUrl).GetLeftPart(UriPartial.Authority)));
    }
}
