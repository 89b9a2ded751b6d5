using System.Linq.Expressions;
using AmfmSite.Features.Content;
using AmfmSite.Features.Desk;
using FluentValidation;
using NodaTime;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>The one rule set of the form. Messages speak to the person who fills it in.</summary>
public sealed class CallbackFormValidator : AbstractValidator<CallbackForm>
{
    private const string FromTheList = "Choose one of the answers in the list.";

    public CallbackFormValidator(PublishedContent published, TimeProvider clock)
    {
        RuleLevelCascadeMode = CascadeMode.Stop;

        RuleFor(form => form.For).Must(value => Answer.Values<CallFor>().Contains(value)).WithMessage("Say whom the call is for.");
        RuleFor(form => form.Adult).Must(adult => adult is "yes" or "no").WithMessage("Say whether the person who needs care is 18 or older.");
        RuleFor(form => form.Name)
            .Must(name => Answer.Line(name).Length > 0).WithMessage("Write the name we should ask for. Any name will do.")
            .Must(name => Answer.Line(name).Length <= CallbackRequest.NameLength).WithMessage($"Write a shorter name, at most {CallbackRequest.NameLength} characters.");
        RuleFor(form => form.State)
            .Must(state => state == UsState.Other || UsState.Find(state) is not null).WithMessage("Choose the state you are in, so that we call at a fair hour.");
        RuleFor(form => form.TimeZone)
            .Must((form, zone) => Answer.Zone(form.State, zone) is not null)
            .When(form => form.State == UsState.Other || UsState.Find(form.State) is { HasSeveralZones: true })
            .WithMessage("Choose your time zone, so that we call at a fair hour.");

        RuleFor(form => form.Phone)
            .Must((form, phone) => Answer.Line(phone).Length > 0 || Answer.Line(form.Email).Length > 0).WithMessage("Write a phone number or an e-mail address. One of the two is enough.")
            .Must(phone => Answer.Line(phone).Length == 0 || Answer.Line(phone).Length <= CallbackRequest.PhoneLength && UsPhone.Parse(Answer.Line(phone)) is not null)
            .WithMessage("Write the number with its area code, ten digits in all, such as 415-555-0123.");
        RuleFor(form => form.Email)
            .Must(email => Answer.Line(email).Length == 0 || Answer.Email(email) is not null)
            .WithMessage("Write the whole e-mail address, such as robin@example.org.");

        Choice(form => form.Voicemail, "no", "neutral", "yes");
        Choice(form => form.SayWho, "no", "yes");
        Choice(form => form.Text, "no", "yes");
        Choice(form => form.EmailSafe, "no", "yes");
        Choice(form => form.Aware, "no", "yes");
        Choice(form => form.PhoningIsHard, "no", "yes");
        Choice(form => form.Day, Answer.Values<CallDay>());
        Choice(form => form.Part, Answer.Values<CallPart>());
        RuleFor(form => form.Day)
            .Must((form, _) => HasWindow(form, published.Current.Desk, clock.GetUtcNow()))
            .WithMessage("Our desk is not open on that day at that time where you are. Choose another day or part of the day, or as soon as we can.");
        foreach (var choice in new Expression<Func<CallbackForm, string?>>[] { form => form.Topic, form => form.Level, form => form.Place })
            RuleFor(choice).Must(value => Answer.Key(value) is not null).WithMessage(FromTheList);

        Short(form => form.OthersMayAnswer);
        Short(form => form.Relationship);
        Short(form => form.Insurer);
        Short(form => form.Language);
        Short(form => form.Access);
        RuleFor(form => form.Note)
            .Must(note => Answer.Lines(note).Length <= CallbackRequest.NoteLength)
            .WithMessage($"Please keep this to {CallbackRequest.NoteLength} characters. The rest can wait for the call.");
        RuleFor(form => form.Consent).Must(consent => consent == "yes").WithMessage("Tick the box if we may contact you. Without it we cannot call.");
    }

    /// <summary>Only a desk with confirmed hours can refuse a wish, and never "as soon as you can": there must be an answer that is taken.</summary>
    private static bool HasWindow(CallbackForm form, DeskSettings desk, DateTimeOffset now) =>
        !desk.Confirmed || form is { Day: null or "" or "soonest", Part: null or "" or "any" } || Answer.Zone(form.State, form.TimeZone) is not { } zone
        || CallWindow.Next(desk.Hours, Answer.Choice(form.Day, CallDay.Soonest), Answer.Choice(form.Part, CallPart.Any), zone, Instant.FromDateTimeOffset(now)) is not null;

    private void Choice(Expression<Func<CallbackForm, string?>> answer, params string[] values) =>
        RuleFor(answer).Must(value => string.IsNullOrEmpty(value) || values.Contains(value)).WithMessage(FromTheList);

    private void Short(Expression<Func<CallbackForm, string?>> answer) =>
        RuleFor(answer).Must(value => Answer.Line(value).Length <= CallbackRequest.ShortLength)
            .WithMessage($"Please keep this to {CallbackRequest.ShortLength} characters.");
}
