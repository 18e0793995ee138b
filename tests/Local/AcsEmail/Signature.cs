using System.Reflection;

namespace Dunning.Tests.Local.AcsEmail;

/// <summary>
/// Public and protected members in the format of Azure.Communication.Email.1.1.0.txt: <c>Type::Member signature</c>.
/// </summary>
public static class Signature
{
    private const BindingFlags Declared =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Static
        | BindingFlags.Instance
        | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Read(Type type)
    {
        var name = TypeName.Format(type);
        yield return $"{name}  {TypeName.Declaration(type)}";
        if (type.IsEnum)
        {
            foreach (var value in Enum.GetNames(type))
                yield return $"{name}::{value}  {value} = {Enum.Parse(type, value):D}";
            yield break;
        }
        foreach (var constructor in type.GetConstructors(Declared).Where(c => !c.IsStatic && IsVisible(c)))
            yield return $"{name}::.ctor  {Access(constructor)}{type.Name.Split('`')[0]}({Parameters(constructor)})";
        foreach (var method in type.GetMethods(Declared).Where(m => IsVisible(m) && !IsAccessor(m)))
            yield return $"{name}::{method.Name}  {Method(method)}";
        foreach (
            var property in type.GetProperties(Declared).Where(p => p.GetAccessors(nonPublic: true).Any(IsVisible))
        )
            yield return Property(name, property);
        foreach (var field in type.GetFields(Declared).Where(f => f.IsPublic || f.IsFamily))
            yield return $"{name}::{field.Name}  {Field(field)}";
    }

    private static string Method(MethodInfo method) =>
        $"{Access(method)}{TypeName.Format(method.ReturnType)} "
        + $"{Generic(method)}({Parameters(method)}){TypeName.Constraints(method)}";

    private static string Field(FieldInfo field) =>
        $"public {(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{TypeName.Format(field.FieldType)} {field.Name}";

    private static bool IsAccessor(MethodInfo method) =>
        method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static string Property(string type, PropertyInfo property)
    {
        var mostVisible = property
            .GetAccessors(nonPublic: true)
            .Where(IsVisible)
            .OrderBy(a => a.IsPublic ? 0 : 1)
            .First();
        var index = property.GetIndexParameters();
        var (key, called) =
            index.Length == 0
                ? (property.Name, property.Name)
                : ("this[]", $"this[{string.Join(", ", index.Select(Parameter))}]");
        var accessors = Accessor(property.GetMethod, "get") + Accessor(property.SetMethod, "set");
        return $"{type}::{key}  {Access(mostVisible)}{TypeName.Format(property.PropertyType)} {called} {{ {accessors}}}";

        string Accessor(MethodInfo? accessor, string keyword) =>
            accessor is null || !IsVisible(accessor)
                ? ""
                : (accessor.IsPublic || !mostVisible.IsPublic ? "" : "protected ") + keyword + "; ";
    }

    /// <summary>
    /// Overrides are ignored: they make no difference to callers, and the lists mark only some of them.
    /// </summary>
    private static string Access(MethodBase member) =>
        (member.IsPublic ? "public " : "protected ")
        + member switch
        {
            _ when member.IsStatic => "static ",
            _ when member.DeclaringType!.IsInterface || !member.IsVirtual || member.IsFinal => "",
            MethodInfo method when method.GetBaseDefinition() != method => "",
            _ => member.IsAbstract ? "abstract " : "virtual ",
        };

    private static bool IsVisible(MethodBase member) => member.IsPublic || member.IsFamily || member.IsFamilyOrAssembly;

    private static string Generic(MethodInfo method) =>
        method.Name
        + (
            method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(TypeName.Format))}>" : ""
        );

    private static string Parameters(MethodBase member) => string.Join(", ", member.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var byRef = parameter.ParameterType.IsByRef;
        var prefix =
            parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params "
            : parameter.IsOut ? "out "
            : byRef ? "ref "
            : "";
        var type = byRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
        return $"{prefix}{TypeName.Format(type)} {parameter.Name}{(parameter.HasDefaultValue ? " = " + Default(type, parameter.DefaultValue) : "")}";
    }

    private static string Default(Type type, object? value) =>
        value switch
        {
            null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
            _ when type.IsEnum => $"{TypeName.Format(type)}.{Enum.GetName(type, value)}",
            string text => $"\"{text}\"",
            bool flag => flag ? "true" : "false",
            _ => FormattableString.Invariant($"{value}"),
        };
}
