using AmfmSite.Storage.Sealing;

namespace AmfmSite.Web;

/// <summary>Who keeps the keys of the two rings: one for requests, one for signing in, so that one can go without the other.</summary>
internal sealed record KeyRings(IKeyCustody Requests, IKeyCustody SignIn)
{
    public static KeyRings OfDirectory(Directories directories) => new(new KeyDirectory(directories.RequestKeys), new KeyDirectory(directories.SignInKeys));

    public static KeyRings OfDatabase(KeyCertificates certificates, IServiceScopeFactory scopes) =>
        new(new KeyTable(KeyRingName.Requests, certificates, scopes), new KeyTable(KeyRingName.SignIn, certificates, scopes));
}
