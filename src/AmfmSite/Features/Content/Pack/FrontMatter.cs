using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace AmfmSite.Features.Content.Pack;

/// <summary>Splits a file into its YAML head and its Markdown body, and reads YAML strictly: an unknown key is a fault.</summary>
internal static class FrontMatter
{
    private static readonly IDeserializer Yaml = new DeserializerBuilder()
        .WithNamingConvention(CamelCaseNamingConvention.Instance)
        .WithEnforceRequiredMembers()
        .Build();

    /// <returns>The head, the body, and how many lines of the file stand before the body; null after a fault.</returns>
    public static (T Head, string Body, int LinesBefore)? Split<T>(SourceFile file, List<ContentFault> faults) where T : class, new()
    {
        const string fence = "---\n";
        var text = file.Text.ReplaceLineEndings("\n");
        var end = text.IndexOf("\n" + fence, fence.Length - 1, StringComparison.Ordinal);
        if (!text.StartsWith(fence, StringComparison.Ordinal) || end < 0)
        {
            faults.Add(new(file.Path, 1, "Begin the file with a line ---, then the front matter, then a line ---."));
            return null;
        }

        var head = Read<T>(file with { Text = text[fence.Length..(end + 1)] }, faults, linesBefore: 1);
        var body = text[(end + 1 + fence.Length)..];
        return head is null ? null : (head, body, text[..(end + 1 + fence.Length)].Count(c => c == '\n'));
    }

    public static T? Read<T>(SourceFile file, List<ContentFault> faults, int linesBefore = 0) where T : class
    {
        try
        {
            return Yaml.Deserialize<T?>(Typography.Set(file.Text)) ?? throw new YamlException("There is nothing in it.");
        }
        catch (YamlException fault)
        {
            var reason = fault.InnerException?.Message ?? fault.Message;
            faults.Add(new(file.Path, (int)fault.Start.Line + linesBefore, $"This YAML cannot be read: {reason} See docs/content.md for the keys."));
            return null;
        }
    }
}
