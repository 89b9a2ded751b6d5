using AmfmSite.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace AmfmSite.Features.Staff;

/// <summary>Accounts, sign-in and the policies of the desk. Nothing here touches a visitor: the public site has no cookie.</summary>
public static class StaffSetup
{
    public const int ShortestPassword = 12;

    /// <summary>After so long without an action the desk locks.</summary>
    private static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(30);

    /// <summary>The tables of Identity, those for passkeys included.</summary>
    internal static void Stores(IdentityOptions options) => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;

    public static IServiceCollection AddStaff(this IServiceCollection services, IHostEnvironment environment)
    {
        services.AddHttpContextAccessor();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddIdentityCore<StaffMember>(options =>
            {
                Stores(options);
                options.User.RequireUniqueEmail = true;

                // Length is what counts; rules about signs make passwords worse (NIST SP 800-63B, 3.1.1).
                options.Password = new() { RequiredLength = ShortestPassword, RequireDigit = false, RequireLowercase = false, RequireNonAlphanumeric = false, RequireUppercase = false, RequiredUniqueChars = 5 };
                options.Lockout = new() { MaxFailedAccessAttempts = 5, DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15), AllowedForNewUsers = true };
            })
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<AmfmDbContext>()
            .AddSignInManager<StaffSignInManager>()
            .AddDefaultTokenProviders();
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.FromMinutes(1));
        services.ConfigureApplicationCookie(options =>
        {
            options.LoginPath = "/staff/sign-in";
            options.AccessDeniedPath = "/error/404";
            options.ExpireTimeSpan = IdleTime;
            options.SlidingExpiration = true;
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
        services.AddAuthorizationBuilder()
            .AddPolicy(StaffPolicies.Staff, policy => policy.RequireAuthenticatedUser())
            .AddPolicy(StaffPolicies.Desk, policy => policy.RequireRole(StaffRoles.Intake, StaffRoles.Lead));
        return services;
    }
}
