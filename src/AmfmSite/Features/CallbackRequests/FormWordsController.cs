using FluentValidation;
using Microsoft.AspNetCore.Mvc;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>
/// What the form's script says while somebody writes: the sentences of the one rule set, made by the rules themselves.
/// Nothing that is typed is sent here; before the button is pressed no answer leaves the page (decision 14).
/// </summary>
public sealed class FormWordsController(IValidator<CallbackForm> validator) : Controller
{
    [HttpGet("/request-a-call/words.json")]
    public IActionResult Show()
    {
        Response.Headers.CacheControl = "no-cache";
        var surelyWrong = validator.Validate(new CallbackForm { Phone = "1", Email = "x" });
        return Json(new[] { nameof(CallbackForm.Phone), nameof(CallbackForm.Email) }
            .ToDictionary(name => name, name => surelyWrong.Errors.First(error => error.PropertyName == name).ErrorMessage));
    }
}
