using AmfmSite.Features.Content;
using AmfmSite.Storage;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Editing;

/// <summary>Reads the page on which a text is written.</summary>
public sealed class EditPage(AmfmDbContext db, PublishedContent published, ContentProofs proofs)
{
    /// <summary>The newest text, or what this person typed and did not save.</summary>
    /// <param name="kept">Whether what was typed and not saved is wanted back.</param>
    public async Task<EditView> OpenAsync(ContentItem item, Guid staffId, bool kept, CancellationToken cancellation)
    {
        var autosave = await db.Autosaves.AsNoTracking().SingleOrDefaultAsync(row => row.ItemId == item.Id && row.StaffId == staffId, cancellation);
        var newest = await db.SourceAsync(item, item.LastNumber, cancellation) ?? "";
        if (autosave is not null && kept) return await ViewAsync(item, EditForm.Of(EditedKind.Of(item.Kind)!, autosave.Text, autosave.BasedOn), kept: null, cancellation) with { Says = $"This is what you typed until {autosave.SavedAt.When()}. Save it to keep it." };
        return await ViewAsync(item, EditForm.Of(EditedKind.Of(item.Kind)!, newest, item.LastNumber), autosave is not null && autosave.Text != newest ? autosave.SavedAt : null, cancellation);
    }

    /// <summary>The same page with what was typed.</summary>
    public async Task<EditView> ViewAsync(ContentItem item, EditForm form, DateTime? kept, CancellationToken cancellation)
    {
        var kind = EditedKind.Of(item.Kind)!;
        var proof = await proofs.OfAsync(EditedItems.FileOf(item, form.Source(kind)), cancellation);
        return new(kind, item, published.Current.NameOf(item.Kind, item.Key), form, proof.Faults, kept, Other: null, Says: "");
    }

    /// <summary>Somebody else saved meanwhile: what was typed stays in the form, beside what they changed, and goes on top of the newest when it is saved again.</summary>
    public async Task<EditView> BesideAsync(ContentItem item, EditForm form, CancellationToken cancellation)
    {
        var kind = EditedKind.Of(item.Kind)!;
        var (began, newest) = (form.Began > 0 ? form.Began : form.BasedOn, item.LastNumber);
        var theirs = await db.SourceAsync(item, newest, cancellation) ?? "";
        var ancestor = await db.SourceAsync(item, began, cancellation) ?? theirs;
        var mine = form.Source(kind);
        var (merged, conflicts) = LineMerge.Of(ancestor, mine, theirs);
        (form.Began, form.BasedOn) = (began, newest);
        var others = (await db.HistoryAsync(item, cancellation)).Where(line => line.Number > began).ToList();
        return new(kind, item, published.Current.NameOf(item.Kind, item.Key), form, [], Kept: null, new(others, WordDiff.Between(ancestor, theirs), conflicts, merged), Says: "");
    }
}
