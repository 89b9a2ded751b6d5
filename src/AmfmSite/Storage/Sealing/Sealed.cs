namespace AmfmSite.Storage.Sealing;

/// <summary>
/// A personal value that nobody has decrypted. It knows which field of which request it is;
/// only <see cref="Vault.Open"/> gives its text. Printing it shows nothing.
/// </summary>
public sealed class Sealed
{
    internal Sealed(byte[] cipher, SealedField field, Guid owner)
    {
        Cipher = cipher;
        Field = field;
        Owner = owner;
    }

    internal byte[] Cipher { get; }
    internal SealedField Field { get; }
    internal Guid Owner { get; }

    public override string ToString() => "[sealed]";
}
