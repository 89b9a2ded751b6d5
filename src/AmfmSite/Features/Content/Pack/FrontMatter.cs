using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;
using YamlDotNet.Serialization.NodeDeserializers;

namespace AmfmSite.Features.Content.Pack;

/// <summary>Splits a file into its YAML head and its Markdown body, and reads YAML strictly: an unknown key is a fault.</summary>
internal static class FrontMatter
{
    private static readonly IDeserializer Yaml = new DeserializerBuilder()
        .WithNamingConvention(CamelCaseNamingConvention.Instance)
        .WithEnforceRequiredMembers()
        .WithNodeDeserializer(new EmptyValues(), where => where.InsteadOf<NullNodeDeserializer>())
        .Build();

    /// <returns>The head, the body, and how many lines of the file stand before the body; null after a fault.</returns>
    public static (T Head, string Body, int LinesBefore)? Split<T>(SourceFile file, List<ContentFault> faults) where T : class, new()
    {
        if (HeadedText.Split(file.Text.ReplaceLineEndings("\n")) is not { } text)
        {
            faults.Add(new(file.Path, 1, "Begin the file with a line ---, then the front matter, then a line ---.", ContentRules.FrontMatter));
            return null;
        }

        var head = Read<T>(file with { Text = text.Head }, faults, linesBefore: 1);
        return head is null ? null : (head, text.Body, text.Head.AsSpan().Count('\n') + 2);
    }

    public static T? Read<T>(SourceFile file, List<ContentFault> faults, int linesBefore = 0) where T : class
    {
        try
        {
            using var text = new StringReader(Typography.Set(file.Text));
            return Yaml.Deserialize<T?>(new PlainYaml(text)) ?? throw new YamlException("There is nothing in it.");
        }
        catch (YamlException fault)
        {
            var (cause, rule) = (fault, ContentRules.FrontMatter);
            for (Exception? inner = fault; inner is not null; inner = inner.InnerException)
                if (inner is PlainYaml.YamlAnchorException anchor) (cause, rule) = (anchor, ContentRules.YamlAnchor);
            var reason = cause.InnerException?.Message ?? cause.Message;
            if (reason.StartsWith("No node deserializer", StringComparison.Ordinal)) reason = "A list or a group of keys stands here where a single text belongs, or the other way round.";
            faults.Add(new(file.Path, (int)cause.Start.Line + linesBefore, $"This YAML cannot be read: {reason} See docs/content.md for the keys.", rule));
            return null;
        }
        catch (InvalidOperationException)
        {
            // YamlDotNet loses its place in a list that never ends.
            faults.Add(new(file.Path, linesBefore, "This YAML cannot be read. Look for a bracket or a quote that is not closed.", ContentRules.FrontMatter));
            return null;
        }
    }
}
