using AmfmSite.Storage.Sealing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace AmfmSite.Web;

/// <summary>Puts the keys into the services: the two rings of Data Protection and the secret keys of lookups and audit.</summary>
internal static class KeySetup
{
    public const string Place = "Keys:Ring";

    public static void AddKeys(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment, Directories directories)
    {
        var certificates = KeyCertificates.Load(configuration, environment.IsDevelopment());
        var place = configuration.GetValue(Place, KeyPlace.Directory);
        if (place == KeyPlace.Database && certificates.Current is null)
            throw new SettingsException($"{Place}=Database needs a certificate, in Development too: without one whoever has the database would have the keys. Name it in Keys:Certificate; docs/operations.md shows how to make one.");

        services.AddSingleton(certificates).AddSingleton<KeyWrapping>().AddSingleton<Vault>();
        services.AddSingleton(provider => place == KeyPlace.Database ? KeyRings.OfDatabase(certificates, provider.GetRequiredService<IServiceScopeFactory>()) : KeyRings.OfDirectory(directories));
        services.AddSingleton(provider => new RequestKeyRing(provider.GetRequiredService<KeyRings>().Requests, certificates));
        if (place == KeyPlace.Database)
        {
            services.AddSingleton(provider => new SharedSecrets(new(KeyRingName.Secrets, certificates, provider.GetRequiredService<IServiceScopeFactory>()), provider.GetRequiredService<KeyWrapping>()));
            services.AddSingleton(provider => new LookupKey(provider.GetRequiredService<SharedSecrets>().LoadOrCreate("lookup", directories.LookupKey)));
            services.AddSingleton(provider => new AuditKey(provider.GetRequiredService<SharedSecrets>().LoadOrCreate("audit", directories.AuditKey)));
        }
        else
        {
            services.AddSingleton(LookupKey.LoadOrCreate(directories.LookupKey)).AddSingleton(AuditKey.LoadOrCreate(directories.AuditKey));
        }

        certificates.Guard(services.AddDataProtection().SetApplicationName("AmfmSite sign-in"));
        services.AddOptions<KeyManagementOptions>().Configure<KeyRings>((keys, rings) => keys.XmlRepository = rings.SignIn);
    }

    /// <summary>
    /// Brings the keys that a single machine made in its directory into the database, once there is one for all: so that
    /// what they sealed stays readable. The files stay where they are. Again and again without harm, on several machines.
    /// </summary>
    /// <exception cref="IOException">The database cannot be reached.</exception>
    public static void TakeKeysOver(this IServiceProvider services)
    {
        var (now, before, wrapping) = (services.GetRequiredService<KeyRings>(), KeyRings.OfDirectory(services.GetRequiredService<Directories>()), services.GetRequiredService<KeyWrapping>());
        foreach (var (from, to) in new[] { (before.Requests, now.Requests as KeyTable), (before.SignIn, now.SignIn as KeyTable) })
        {
            if (to is null) return;
            var known = to.Read().Select(key => key.Name).ToHashSet();
            foreach (var (name, key) in from.Read().Where(key => !known.Contains(key.Name)))
                to.Add(name, wrapping.Unwrap(key) is { } plain ? wrapping.Wrap(plain) : key);
        }
    }
}

/// <summary>The setting <c>Keys:Ring</c>: where keys are kept.</summary>
internal enum KeyPlace { Directory, Database }
