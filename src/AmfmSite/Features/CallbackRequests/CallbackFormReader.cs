using AmfmSite.Features.Desk;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>Turns a form that passed <see cref="CallbackFormValidator"/> into answers.</summary>
internal static class CallbackFormReader
{
    /// <param name="channels">What the desk has switched on; a wish for anything else, from a page drawn earlier, is not kept.</param>
    public static CallbackAnswers Read(CallbackForm form, DeskChannels channels)
    {
        var phone = UsPhone.Parse(Answer.Line(form.Phone));
        var email = Answer.Email(form.Email);
        var whom = Answer.Choice(form.For, CallFor.Self);
        return new CallbackAnswers
        {
            For = whom,
            Name = Answer.Line(form.Name),
            State = form.State!,
            TimeZone = Answer.Zone(form.State, form.TimeZone)!,
            Phone = phone,
            Email = email,

            // Rules of a channel that was not given are not kept: a number added later starts with the most discreet ones.
            SafeContact = new SafeContact(
                phone is null || !channels.Voicemail ? VoicemailRule.No : Answer.Choice(form.Voicemail, VoicemailRule.No),
                phone is not null && form.SayWho == "yes",
                phone is not null && channels.Text && form.Text == "yes",
                email is not null && form.EmailSafe == "yes",
                Answer.Line(form.OthersMayAnswer)),
            Day = Answer.Choice(form.Day, CallDay.Soonest),
            Part = Answer.Choice(form.Part, CallPart.Any),
            Details = new RequestDetails(
                whom == CallFor.Self ? "" : Answer.Line(form.Relationship),
                whom == CallFor.Self || string.IsNullOrEmpty(form.Aware) ? null : form.Aware == "yes",
                Answer.Line(form.Insurer),
                Answer.Line(form.Language),
                Answer.Line(form.Access),
                form.PhoningIsHard == "yes"),
            Topic = Key(form.Topic),
            Level = Key(form.Level),
            Place = Key(form.Place),
            Note = Answer.Lines(form.Note) is { Length: > 0 } note ? note : null,
        };
    }

    private static string? Key(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
