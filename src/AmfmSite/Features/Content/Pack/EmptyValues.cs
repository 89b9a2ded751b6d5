using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace AmfmSite.Features.Content.Pack;

/// <summary>
/// A key with nothing behind it, as somebody writes who means to fill it in later: an empty text, an empty list, or none
/// where none may be. Without this it would be null in properties that never are.
/// </summary>
internal sealed class EmptyValues : INodeDeserializer
{
    public bool Deserialize(IParser reader, Type expectedType, Func<IParser, Type, object?> nestedObjectDeserializer, out object? value, ObjectDeserializer rootDeserializer)
    {
        value = null;
        if (reader.Current is not Scalar { Style: ScalarStyle.Plain, Value: "" or "~" or "null" or "Null" or "NULL" } scalar) return false;
        reader.MoveNext();
        if (expectedType == typeof(string)) value = "";
        else if (Nullable.GetUnderlyingType(expectedType) is null)
            value = expectedType is { IsClass: true, IsAbstract: false } && expectedType.GetConstructor(Type.EmptyTypes) is not null && !HasRequired(expectedType)
                ? Activator.CreateInstance(expectedType)
                : throw new YamlException(scalar.Start, scalar.End, "Nothing stands behind this key.");
        return true;
    }

    private static bool HasRequired(Type type) => type.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute), inherit: true);
}
