using AmfmSite.Features.Content;

namespace AmfmSite.Features.Pages;

/// <summary>What the partial of a block draws.</summary>
public sealed record BlockView(Block Block, PublishedPage Page, ContentSnapshot Content);
