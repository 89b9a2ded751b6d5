using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Content;
using AmfmSite.Features.Pages;
using Microsoft.Extensions.Options;

namespace AmfmSite.Features.Editing;

/// <summary>A draft as the public page's own view draws it, from the live site with this one text changed; null when that cannot be drawn, and the faults say why.</summary>
public sealed record DraftDrawing(PageView? Page, IReadOnlyList<ContentFault> Faults);

/// <summary>Finds the page that shows a draft: the page itself, or the first on which the record stands.</summary>
public sealed class DraftPage(ContentProofs proofs, IOptions<RetentionOptions> retention)
{
    public async Task<DraftDrawing> OfAsync(ContentItem item, string source, CancellationToken cancellation)
    {
        var proof = await proofs.OfAsync(EditedItems.FileOf(item, source), cancellation);
        if (proof.Content is not { } content || PageOf(item, content) is not { } page) return new(null, proof.Faults);
        var form = page.HasForm ? new CallbackFormView(new CallbackForm(), content, page.Slug, Stamp: null, retention.Value.ClosedDays) : null;
        return new(new PageView(page, content, form), []);
    }

    private static PublishedPage? PageOf(ContentItem item, ContentSnapshot content) => item.Kind switch
    {
        ContentKinds.Page => content.ById(item.Key),
        ContentKinds.Faq => content.ById(content.Faqs[item.Key].HomePage) ?? content.Pages.FirstOrDefault(page => page.FaqIds.Contains(item.Key)),
        ContentKinds.Picture => content.Pages.FirstOrDefault(page => page.Picture == item.Key || page.Blocks.Any(block => block.Kind == "Figure" && block.Argument == item.Key)),
        _ => EditedKind.Of(item.Kind) is { Block.Length: > 0 } kind ? content.Pages.FirstOrDefault(page => page.Blocks.Any(block => block.Kind == kind.Block)) : null,
    };
}
