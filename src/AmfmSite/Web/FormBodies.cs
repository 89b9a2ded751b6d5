using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace AmfmSite.Web;

/// <summary>Forms whose text cannot be read.</summary>
internal static class FormBodies
{
    /// <summary>
    /// .NET reads no UTF-7, and throws where a body, or one part of it, says that it is: that would be an error 500. Such a
    /// form counts as empty, so it is shown again. Every other fault is met where the form is bound.
    /// </summary>
    /// <param name="most">Most bytes of a body, where it is not the server's own limit; an action may name another one.</param>
    public static void UseReadableForms(this IApplicationBuilder app, long? most = null) => app.Use(async (context, next) =>
    {
        if (most is not null && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = context.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? most;
        if (context.Request.HasFormContentType)
        {
            try
            {
                await context.Request.ReadFormAsync(context.RequestAborted);
            }
            catch (NotSupportedException)
            {
                context.Features.Set<IFormFeature>(new FormFeature(FormCollection.Empty));
            }
            catch (BadHttpRequestException fault) when (most is not null && fault.StatusCode == StatusCodes.Status413PayloadTooLarge)
            {
                // Said here: the form's token would be missed first, and its absence says nothing of how long a file is.
                context.Response.StatusCode = fault.StatusCode;
                return;
            }
            catch (Exception fault) when (fault is InvalidDataException or IOException)
            {
                // The form remembers its fault and throws it again at binding, which gives it a page.
            }
        }

        await next(context);
    });
}
