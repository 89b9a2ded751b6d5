using System.Data.Common;
using System.Xml;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace AmfmSite.Storage.Sealing;

/// <summary>The keys of one ring as rows, for several machines on one database. A row that none of our certificates has signed is no key.</summary>
public sealed class KeyTable(KeyRingName ring, KeyCertificates certificates, IServiceScopeFactory scopes) : IKeyCustody
{
    public IReadOnlyCollection<XElement> GetAllElements() => [.. Read().Select(key => key.Key)];

    public void StoreElement(XElement element, string friendlyName) => Add(friendlyName, element);

    /// <returns>False when there is one of that name: somebody else was quicker, and theirs stays.</returns>
    public bool Add(string name, XElement key) => InDatabase(db =>
    {
        db.StoredKeys.Add(new StoredKey(ring, name, key, certificates));
        try
        {
            db.SaveChanges();
            return true;
        }
        catch (DbUpdateException) when (db.StoredKeys.AsNoTracking().Any(stored => stored.Ring == ring && stored.Name == name))
        {
            return false;
        }
    });

    public IReadOnlySet<string> Marks()
    {
        try
        {
            return InDatabase(db => db.StoredKeys.Where(key => key.Ring == ring).Select(key => key.Version).ToList()).Select(version => version.ToString()).ToHashSet();
        }
        catch (IOException)
        {
            return new HashSet<string>();
        }
    }

    public IReadOnlyList<(string Name, XElement Key)> Read() =>
        [.. InDatabase(db => db.StoredKeys.AsNoTracking().Where(key => key.Ring == ring).OrderBy(key => key.Name).ToList()).Where(key => key.IsOurs(certificates)).Select(key => (key.Name, Parse(key.Xml)!)).Where(key => key.Item2 is not null)];

    public void Replace(string name, XElement key) => InDatabase(db =>
    {
        db.StoredKeys.Single(stored => stored.Ring == ring && stored.Name == name).Write(key, certificates);
        return db.SaveChanges();
    });

    private static XElement? Parse(string xml)
    {
        try
        {
            return XElement.Parse(xml);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private T InDatabase<T>(Func<AmfmDbContext, T> deed)
    {
        using var scope = scopes.CreateScope();
        try
        {
            return deed(scope.ServiceProvider.GetRequiredService<AmfmDbContext>());
        }
        catch (Exception fault) when (fault is DbException or DbUpdateException or RetryLimitExceededException or TimeoutException or InvalidOperationException { InnerException: DbException })
        {
            throw new IOException("The keys in the database cannot be reached.", fault);
        }
    }
}
