namespace AmfmSite.Features.Content.Pictures;

/// <summary>A format that uploaded pictures may have.</summary>
/// <param name="Extension">Of its files' names, without a dot.</param>
/// <param name="MediaType">As it is served; never what a browser claimed.</param>
public sealed record PictureFormat(string Extension, string MediaType)
{
    public static readonly PictureFormat Png = new("png", "image/png"), Jpeg = new("jpg", "image/jpeg"), Webp = new("webp", "image/webp"), Svg = new("svg", "image/svg+xml");
}
