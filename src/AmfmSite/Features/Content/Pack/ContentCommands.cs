using AmfmSite.Features.Content.Pictures;
using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Content.Pack;

/// <summary><c>content import</c>, <c>content export</c> and <c>content check-links</c>.</summary>
internal sealed class ContentCommands(ContentImport import, AmfmDbContext db, PublicPromises promises, Directories directories)
{
    private static readonly string[] AboutLinks =
        [ContentRules.InternalLink, ContentRules.LinkAddress, ContentRules.LinkText, ContentRules.RecordLink, ContentRules.Redirect, ContentRules.DoiForm, ContentRules.DoiTwice];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20), Pause = TimeSpan.FromSeconds(1);

    public async Task<int> ImportAsync(CommandLine command)
    {
        command.Only("from", CommandLine.DryRun);
        var from = Path.GetFullPath(command.Optional("from") ?? directories.ContentPack);
        if (command.Has(CommandLine.DryRun)) return await TryAsync(from);

        var report = await import.RunAsync(from, CancellationToken.None, CommandLine.Talk);
        foreach (var kept in report.Kept) CommandLine.Talk($"kept as edited here: {kept}");
        if (from != directories.ContentPack && !report.ChangesNothing) CommandLine.Talk($"When the site starts it loads the pack in {directories.ContentPack} again, and takes from it what nobody has edited here.");
        CommandLine.Result(report.ToString());
        return 0;
    }

    public async Task<int> ExportAsync(CommandLine command)
    {
        command.Only("to");
        var to = Path.GetFullPath(command.Required("to"));
        var files = await PublishedContent.LiveAsync(db, CancellationToken.None);
        if (files.Count == 0) return CommandLine.Fault("Nothing is published in this database yet: start the site once, or `content import`. Nothing was written.");
        try
        {
            if (File.Exists(to)) return CommandLine.Fault($"{to} is a file. Name a directory. Nothing was written.");
            if (Directory.Exists(to) && Directory.EnumerateFileSystemEntries(to).Any() && !ContentPack.IsPack(to))
                return CommandLine.Fault($"{to} holds files and is no content pack (it has no provider.yaml). Name an empty directory, or a pack to be brought up to date. Nothing was written.");
            CommandLine.Talk($"{files.Count} live records");
            var named = PackPictures.Named(files);
            var pictures = await db.PictureFiles.Where(file => named.Contains(file.Name)).ToDictionaryAsync(file => file.Name, file => file.Bytes, StringComparer.Ordinal);
            foreach (var name in named.Where(name => !pictures.ContainsKey(name)).Order(StringComparer.Ordinal)) CommandLine.Talk($"{PackPictures.PathOf(name)} is named by a record and is not stored here. It is not written.");
            var changes = ContentPack.Write(to, files, pictures);
            foreach (var path in changes.Added) CommandLine.Result($"new        {path}");
            foreach (var path in changes.Changed) CommandLine.Result($"changed    {path}");
            foreach (var path in changes.Removed) CommandLine.Result($"removed    {path}");
            CommandLine.Result($"{files.Count} records in {to}: {changes.Added.Count} files new, {changes.Changed.Count} changed, {changes.Removed.Count} removed, {changes.Same} as they were");
            return 0;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return CommandLine.Fault($"{to} cannot be written ({fault.Message}). What was written before this file is whole; run it again once it can.");
        }
    }

    public async Task<int> CheckLinksAsync(CommandLine command)
    {
        command.Only(CommandLine.External);
        var files = await PublishedContent.LiveAsync(db, CancellationToken.None);
        if (files.Count == 0) return CommandLine.Fault("Nothing is published in this database yet: start the site once, or `content import`.");
        var found = 0;
        try
        {
            ContentCompiler.Compile(files, promises, version: 0, stored: await PictureFile.SizesAsync(db, CancellationToken.None));
        }
        catch (ContentFaultException fault)
        {
            foreach (var broken in fault.Faults.Where(broken => AboutLinks.Contains(broken.Rule)))
            {
                found++;
                CommandLine.Result($"FAULT {broken}");
            }

            if (fault.Faults.Count > found) CommandLine.Talk($"There are {fault.Faults.Count - found} other faults, which are not about links.");
        }

        var external = ExternalLinks.Of(files);
        CommandLine.Talk($"Links within the site and the form of DOIs were looked at in {files.Count} records.");
        if (command.Has(CommandLine.External)) found += await AskAsync(external);
        else CommandLine.Talk($"{external.Count} addresses of other sites were not asked. `content check-links --external` asks them.");
        return found == 0 ? 0 : CommandLine.Fault(found == 1 ? "1 link is to be mended." : $"{found} links are to be mended.");
    }

    private async Task<int> TryAsync(string from)
    {
        if ((await db.Database.GetAppliedMigrationsAsync()).Any() && (await db.Database.GetPendingMigrationsAsync()).Count() is var pending and > 0)
            return CommandLine.Fault($"{pending} migrations wait, and a dry run brings none of them: start the site once, or import without --dry-run. Nothing was written.");
        var report = await import.TryAsync(from, CancellationToken.None, CommandLine.Talk);
        foreach (var change in report.Changes.Where(change => change.What != PackChangeKind.Agreed))
        {
            CommandLine.Result($"{(change.What == PackChangeKind.Kept ? "kept as edited here" : change.What.ToString().ToLowerInvariant()),-10} {change.File.Path}");
            if (change is { What: PackChangeKind.Changed or PackChangeKind.Kept, Live: { } live, Pack: { } pack })
                foreach (var line in LineDiff.Of(live, pack)) CommandLine.Result($"    {line}");
        }

        CommandLine.Result($"{report.Changes.Count(change => change.What == PackChangeKind.New)} new, {report.Changes.Count(change => change.What == PackChangeKind.Changed)} changed, {report.Withdrawn.Count} withdrawn, {report.Kept.Count} kept as edited here");
        CommandLine.Talk("A dry run: nothing was written.");
        return 0;
    }

    private static async Task<int> AskAsync(IReadOnlyList<(Uri Address, IReadOnlyList<string> Files)> links)
    {
        using var web = new HttpMessageInvoker(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = Patience });
        var (asked, broken, files) = (0, 0, links.ToDictionary(link => link.Address, link => string.Join(", ", link.Files)));
        await new ExternalCheck(web, Patience, Pause).RunAsync(files.Keys, (address, well, says) =>
        {
            if (well == false) broken++;
            CommandLine.Result($"{(well switch { true => "ok   ", false => "FAULT", null => "note " })} {address} ({says}) in {files[address]}");
            if (++asked % 20 == 0) CommandLine.Talk($"{asked} of {links.Count} asked");
        }, CancellationToken.None);
        CommandLine.Talk($"{asked} addresses of other sites were asked. A note wants a person to look: the site answers no programs.");
        return broken;
    }
}
