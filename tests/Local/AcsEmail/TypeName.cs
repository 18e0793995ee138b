using System.Reflection;
using System.Runtime.CompilerServices;

namespace Dunning.Tests.Local.AcsEmail;

/// <summary>
/// Type names in the format of Azure.Communication.Email.1.1.0.txt: full names, <c>?</c> for nullable values, dots
/// before nested types.
/// </summary>
public static class TypeName
{
    public static string Format(Type type)
    {
        if (type.IsGenericParameter)
            return type.Name;
        if (type.IsArray)
            return Format(type.GetElementType()!) + "[]";
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Format(value) + "?";
        var name = (type.IsNested ? Format(type.DeclaringType!) : type.Namespace) + "." + type.Name.Split('`')[0];
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Format))}>" : name;
    }

    public static string Declaration(Type type) => $"public {Kind(type)} {Format(type)}{Bases(type)}";

    /// <summary>Only the constraints that occur: <c>class</c> and types.</summary>
    public static string Constraints(MethodInfo method) =>
        string.Concat(
            method
                .GetGenericArguments()
                .Select(argument =>
                {
                    IEnumerable<string> all = argument.GetGenericParameterConstraints().Select(Format);
                    if (argument.GenericParameterAttributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
                        all = all.Prepend("class");
                    return all.Any() ? $" where {argument.Name} : {string.Join(", ", all)}" : "";
                })
        );

    private static string Kind(Type type) =>
        type switch
        {
            { IsEnum: true } => "enum",
            { IsValueType: true } => type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly struct" : "struct",
            { IsInterface: true } => "interface",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };

    private static string Bases(Type type)
    {
        if (type.IsEnum)
            return " : " + Format(Enum.GetUnderlyingType(type));
        string[] parent = type.BaseType is { } b && b != typeof(object) && b != typeof(ValueType) ? [Format(b)] : [];
        string[] bases = [.. parent, .. type.GetInterfaces().Select(Format).Order(StringComparer.Ordinal)];
        return bases.Length == 0 ? "" : " : " + string.Join(", ", bases);
    }
}
