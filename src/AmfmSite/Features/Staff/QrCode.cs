using System.Text;
using QRCoder;

namespace AmfmSite.Features.Staff;

/// <summary>A QR code as the path of an SVG, so that nothing inline needs an exception in the content security policy.</summary>
/// <param name="Size">Width and height in modules, the quiet margin included.</param>
/// <param name="Drawn">The dark modules, for the attribute <c>d</c>.</param>
public sealed record QrCode(int Size, string Drawn)
{
    public static QrCode Of(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var (rows, drawn) = (data.ModuleMatrix, new StringBuilder());
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows.Count; x++)
            {
                if (!rows[y][x]) continue;
                var from = x;
                while (x + 1 < rows.Count && rows[y][x + 1]) x++;
                drawn.Append($"M{from} {y}h{x + 1 - from}v1h-{x + 1 - from}z");
            }
        }

        return new(rows.Count, drawn.ToString());
    }
}
