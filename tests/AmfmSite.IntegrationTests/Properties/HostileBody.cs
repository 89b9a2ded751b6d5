using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace AmfmSite.IntegrationTests.Properties;

/// <summary>
/// A form as no browser sends it, made from one that people send. The same number makes the same body, so that a failure
/// can be posted again.
/// </summary>
internal sealed class HostileBody
{
    private static readonly string[] Texts =
    [
        "", " ", "0", "-1", "99999999999999999999", "1e308", "NaN", "true", "null", "undefined", "self,someone", "Self", "[]", "{}", "{\"a\":1}", "<script>alert(1)</script>", "'; DROP TABLE x; --",
        "{0}{1}%s%n", "../../etc/passwd", "\0", "a\0b", "\r\n", "x\r\nBcc: robin@example.org", "\u202E", "\uFEFF", "\uFFFF", "👩‍👧", "e\u0301\u0301\u0301", "%", "%%", "@", "@Model", "=1+1",
        "robin@example.org", "415-555-0123", "+1", "ZZ", "America/New_York", "Mars/Olympus", "mon", "monday", "2026-02-30", "/conditions/social-isolation", "//example.org", "https://example.org/",
    ];

    /// <summary>As they stand in the bytes of a body: none is a right encoding of anything.</summary>
    private static readonly string[] Escapes = ["%", "%4", "%zz", "%u0041", "%00", "%FF", "%C3%28", "%ED%A0%80", "%C0%AF", "%F4%90%80%80", "%EF%BB%BF", "%0d%0a", "+", "++", "=", "==", "&", "&&", ";", "#", "\0", "\n", "\u00ff", "[", "]", "."];

    private static readonly string[] Types =
    [
        "application/x-www-form-urlencoded; charset=utf-16", "application/x-www-form-urlencoded; charset=bogus", "application/x-www-form-urlencoded; charset=", "application/x-www-form-urlencoded; charset=\"utf-8\"",
        "application/x-www-form-urlencoded; charset=utf-7", "application/x-www-form-urlencoded; charset=utf-32", "application/x-www-form-urlencoded; charset=iso-8859-1", "application/x-www-form-urlencoded;;;", "APPLICATION/X-WWW-FORM-URLENCODED",
        "application/x-www-form-urlencoded, text/plain", "text/plain", "text/html", "application/json", "application/xml", "application/octet-stream", "*/*", "nonsense", "/", ";", "",
        "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"", "multipart/mixed; boundary=xyz", "multipart/form-data; boundary=xyz; boundary=abc",
    ];

    private readonly Random _random;

    public HostileBody(int seed, IEnumerable<KeyValuePair<string, string>> valid)
    {
        _random = new(seed);
        var fields = valid.Select(field => (field.Key, field.Value)).ToList();
        for (var i = _random.Next(4); i > 0; i--) Change(fields);
        if (_random.Next(5) == 0) (Bytes, Type) = Multipart(fields);
        else (Bytes, Type) = (Encoding.UTF8.GetBytes(string.Join('&', fields.Select(field => $"{Encode(field.Key)}={Encode(field.Value)}"))), "application/x-www-form-urlencoded");
        for (var i = _random.Next(3); i > 0; i--) Bytes = Spoil(Bytes);
        if (_random.Next(6) == 0) Type = One(Types);
        IsChunked = _random.Next(8) == 0;
        Compression = _random.Next(40) == 0 ? One("gzip", "br", "nonsense") : null;
    }

    public byte[] Bytes { get; }

    public string Type { get; }

    private bool IsChunked { get; }

    private string? Compression { get; }

    public HttpRequestMessage To(string path)
    {
        var content = new ByteArrayContent(Bytes);
        if (Type.Length > 0) content.Headers.TryAddWithoutValidation("Content-Type", Type);
        if (Compression is not null) content.Headers.TryAddWithoutValidation("Content-Encoding", Compression);
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        if (IsChunked) request.Headers.TransferEncodingChunked = true;
        return request;
    }

    public override string ToString() => $"{Type}{(IsChunked ? ", chunked" : "")}{(Compression is null ? "" : $", {Compression}")}, {Bytes.Length} bytes: {Encoding.Latin1.GetString(Bytes.AsSpan(0, Math.Min(Bytes.Length, 1500)))}";

    private void Change(List<(string Key, string Value)> fields)
    {
        var at = fields.Count > 0 ? _random.Next(fields.Count) : -1;
        switch (_random.Next(10))
        {
            case 0 when at >= 0: fields.RemoveAt(at); break;
            case 1 when at >= 0: fields.Insert(_random.Next(fields.Count + 1), (fields[at].Key, One(Texts))); break;
            case 2: fields.Add((One("Id", "RowVersion", "Status", "form", "form.Name", "Form[Name]", "__RequestVerificationToken", "", "Name.Length", "🔑", "handler", "action", "controller"), One(Texts))); break;
            case 3 when at >= 0: fields[at] = (One(fields[at].Key.ToUpperInvariant(), fields[at].Key + "[0]", fields[at].Key + "[]", fields[at].Key + ".Value", "[" + fields[at].Key, " " + fields[at].Key, fields[at].Key + "\0"), fields[at].Value); break;
            case 4 when at >= 0: fields[at] = (fields[at].Key, Long(One("x", "ß", "👩‍👧", "\0", " ", "\n", "%", "a@", "5"))); break;
            case 5: fields.Add((Long("k"), "v")); break;
            case 6: fields.AddRange(Enumerable.Range(0, _random.Next(3) == 0 ? 3000 : 30).Select(i => (_random.Next(2) == 0 ? $"k{i}" : $"k[{i}].a", "")).ToList()); break;
            case 7 when fields.Count > 1: fields[at] = (fields[at].Key, fields[_random.Next(fields.Count)].Value); break;
            default:
                if (at >= 0) fields[at] = (fields[at].Key, One(Texts));
                break;
        }
    }

    private byte[] Spoil(byte[] bytes)
    {
        if (bytes.Length == 0) return bytes;
        var at = _random.Next(bytes.Length);
        switch (_random.Next(8))
        {
            case 0: return bytes[..at];
            case 1: return bytes[at..];
            case 2:
                bytes[at] = (byte)_random.Next(256);
                return bytes;
            case 3:
                var noise = new byte[_random.Next(60)];
                _random.NextBytes(noise);
                return [.. bytes[..at], .. noise, .. bytes[at..]];
            case 4: return Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(bytes).Replace('&', One(";", "\n", "&&", ",", "\0")[0]));
            default: return [.. bytes[..at], .. Encoding.Latin1.GetBytes(One(Escapes)), .. bytes[at..]];
        }
    }

    private (byte[] Bytes, string Type) Multipart(List<(string Key, string Value)> fields)
    {
        var boundary = One("xyz", "----x", "a b", new string('b', 80), "\"q\"", "(?)");
        var text = new StringBuilder();
        foreach (var (key, value) in fields)
        {
            var head = _random.Next(12) switch
            {
                0 => "",
                1 => "Content-Disposition: form-data\r\n",
                2 => $"Content-Disposition: form-data; name=\"{key}\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n",
                3 => $"Content-Disposition: form-data; name={key}\r\n",
                4 => $"Content-Disposition: form-data; name*=UTF-8''{key}%ZZ\r\n",
                5 => $"Content-Disposition: form-data; name=\"{key}\r\nContent-Type: {One("multipart/mixed; boundary=in", "text/plain; charset=utf-16", "text/plain; charset=bogus", new string('h', 20_000))}\r\n",
                _ => $"Content-Disposition: form-data; name=\"{key}\"\r\n",
            };
            text.Append(CultureInfo.InvariantCulture, $"--{boundary}\r\n{head}\r\n{value}\r\n");
        }

        return (Encoding.UTF8.GetBytes(text.Append(CultureInfo.InvariantCulture, $"--{boundary}{One("--", "--\r\n", "", "-")}").ToString()), $"multipart/form-data; boundary={boundary}");
    }

    private string Long(string piece) => string.Concat(Enumerable.Repeat(piece, _random.Next(5) switch { 0 => 101, 1 => 501, 2 => 5_000, 3 => 20_000, _ => 90_000 } / piece.Length));

    private string One(params string[] all) => all[_random.Next(all.Length)];

    private static string Encode(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);
}
