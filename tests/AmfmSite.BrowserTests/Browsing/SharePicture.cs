using System.Buffers.Binary;

namespace AmfmSite.BrowserTests.Browsing;

/// <summary>The picture that stands beside a shared link: one of our landscapes by day, under our name.</summary>
public static class SharePicture
{
    public const int Width = 1200;
    public const int Height = 630;

    /// <summary>What lies below this line is landscape alone, the same on every machine; the name above depends on its fonts.</summary>
    public const int Horizon = 220;

    // The land runs over the lower edge, so that the curve where a page begins is not seen.
    private const string Card =
        """
        .card { inline-size: 1200px; block-size: 630px; overflow: hidden; background: linear-gradient(var(--paper) 45%, var(--sky)); }
        .card .word { position: absolute; inset: 88px auto auto 96px; gap: 26px; font-size: 64px; letter-spacing: -.01em; }
        .card .word svg { inline-size: 68px; block-size: 68px; }
        .card .land { position: absolute; inset: auto 0 -46px; }
        .card .land svg { inline-size: 1200px; block-size: 440px; }
        """;

    public static async Task<byte[]> DrawAsync(IPage page, string webRoot, string name)
    {
        var styles = await File.ReadAllTextAsync(Path.Combine(webRoot, "css", "site.css"));
        var mark = await File.ReadAllTextAsync(Path.Combine(webRoot, "pictures", "window.svg"));
        var land = await File.ReadAllTextAsync(Path.Combine(webRoot, "pictures", name + ".svg"));
        await page.SetViewportSizeAsync(Width, Height);
        await page.SetContentAsync(
            $"""<!doctype html><style>{styles}</style><style>{Card}</style><body class="card"><div class="land">{land}</div><div class="word">{mark}A Mission For Michael</div>""");
        return await page.ScreenshotAsync();
    }

    /// <summary>Width and height as the head of a PNG file says them.</summary>
    public static (int Width, int Height) Size(ReadOnlySpan<byte> png) =>
        (BinaryPrimitives.ReadInt32BigEndian(png[16..]), BinaryPrimitives.ReadInt32BigEndian(png[20..]));

    /// <returns>Of the landscape alone: the mean difference of all channels, of 255, and how many points are plainly of another colour.</returns>
    public static async Task<(double Mean, int Points)> CompareAsync(IPage page, byte[] one, byte[] other)
    {
        var told = await page.EvaluateAsync<double[]>(
            """
            async ([one, other, horizon]) => {
              const [first, second] = await Promise.all([one, other].map(async png => {
                const image = new Image();
                image.src = 'data:image/png;base64,' + png;
                await image.decode();
                const canvas = new OffscreenCanvas(image.width, image.height), pen = canvas.getContext('2d');
                pen.drawImage(image, 0, 0);
                return pen.getImageData(0, 0, image.width, image.height);
              }));
              let sum = 0, points = 0;
              const from = horizon * first.width * 4;
              for (let i = from; i < first.data.length; i += 4) {
                let most = 0;
                for (let channel = 0; channel < 3; channel++) {
                  const apart = Math.abs(first.data[i + channel] - second.data[i + channel]);
                  sum += apart;
                  most = Math.max(most, apart);
                }
                if (most > 24) points++;
              }
              return [sum / ((first.data.length - from) / 4 * 3), points];
            }
            """,
            new object[] { Convert.ToBase64String(one), Convert.ToBase64String(other), Horizon });
        return (told[0], (int)told[1]);
    }
}
