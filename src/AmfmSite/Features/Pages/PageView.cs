using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Content;

namespace AmfmSite.Features.Pages;

/// <summary>What a page's view draws: the page, all that is published, and the form where the page has one.</summary>
public sealed record PageView(PublishedPage Page, ContentSnapshot Content, CallbackFormView? Form);
