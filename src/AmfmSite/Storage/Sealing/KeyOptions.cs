namespace AmfmSite.Storage.Sealing;

/// <summary>Settings under <c>Keys</c>: where the keys lie, and the certificate that wraps them.</summary>
public sealed class KeyOptions
{
    public const string Section = "Keys";

    /// <summary>Outside Development required, and not below Data:Directory: who takes the data must not have the keys.</summary>
    public string Directory { get; set; } = "";

    /// <summary>Path of a PKCS #12 file that wraps the key rings. Required outside Development.</summary>
    public string Certificate { get; set; } = "";

    public string CertificatePassword { get; set; } = "";
}
