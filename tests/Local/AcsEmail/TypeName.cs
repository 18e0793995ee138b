using System.Reflection;
using System.Runtime.CompilerServices;

namespace Dunning.Tests.Local.AcsEmail;

/// <summary>
/// Types as the lists in Azure.Communication.Email.1.1.0.txt write them: full names, <c>?</c> for nullable values, dots
/// before nested ones.
/// </summary>
public static class TypeName
{
    public static string Of(Type type)
    {
        if (type.IsGenericParameter)
            return type.Name;
        if (type.IsArray)
            return Of(type.GetElementType()!) + "[]";
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Of(value) + "?";
        var name = (type.IsNested ? Of(type.DeclaringType!) : type.Namespace) + "." + type.Name.Split('`')[0];
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>" : name;
    }

    public static string Declaration(Type type) => $"public {Kind(type)} {Of(type)}{Bases(type)}";

    /// <summary>Only the constraints that occur: <c>class</c> and types.</summary>
    public static string Constraints(MethodInfo method) =>
        string.Concat(
            method
                .GetGenericArguments()
                .Select(argument =>
                {
                    IEnumerable<string> all = argument.GetGenericParameterConstraints().Select(Of);
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
            return " : " + Of(Enum.GetUnderlyingType(type));
        string[] parent = type.BaseType is { } b && b != typeof(object) && b != typeof(ValueType) ? [Of(b)] : [];
        string[] bases = [.. parent, .. type.GetInterfaces().Select(Of).Order(StringComparer.Ordinal)];
        return bases.Length == 0 ? "" : " : " + string.Join(", ", bases);
    }
}
