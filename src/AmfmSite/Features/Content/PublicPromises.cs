namespace AmfmSite.Features.Content;

/// <summary>Settings of this installation that public texts quote, so that the texts say what is in force.</summary>
/// <param name="RetentionDays">Days after which a closed request is deleted.</param>
/// <param name="MailHoldsContact">The mail to admissions holds name, contact details and contact rules.</param>
public sealed record PublicPromises(int RetentionDays, bool MailHoldsContact);
