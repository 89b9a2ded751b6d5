using AmfmSite.Features.Content;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>What the form partial draws. Errors come from the model state of the view that holds it.</summary>
/// <param name="From">Path of the page it stands on.</param>
/// <param name="Stamp">Only on /request-a-call itself.</param>
/// <param name="RetentionDays">Days after which a closed request is deleted.</param>
public sealed record CallbackFormView(CallbackForm Form, ContentSnapshot Content, string From, string? Stamp, int RetentionDays);
