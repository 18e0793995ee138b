using System.Reflection;
using System.Text.RegularExpressions;
using Dunning.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Conventions;

/// <summary>
/// Every setting that the app reads, in the form of an app setting: <c>Email__From</c>, the first item of a list as
/// <c>__0</c>. Settings are the properties of the registered options classes.
/// </summary>
public static partial class SettingReads
{
    public static IReadOnlyList<string> All { get; } =
    [.. Properties.Select(setting => setting.Name).Distinct().Order(StringComparer.Ordinal)];

    public static IEnumerable<(string Name, PropertyInfo Property)> Properties =>
        from registered in new ServiceCollection().AddDunning(new ConfigurationBuilder().Build())
        let section = registered.ImplementationInstance
        let type = section?.GetType()
        where type is { IsGenericType: true } && type.GetGenericTypeDefinition() == typeof(OptionsSection<>)
        let name = (string)type.GetProperty(nameof(OptionsSection<object>.Name))!.GetValue(section)!
        from setting in In(type.GenericTypeArguments[0], name.Length > 0 ? name + "__" : "")
        select setting;

    /// <summary>The settings of the timers and queues of functions.</summary>
    public static IEnumerable<string> InTriggers =>
        FunctionMethods.All.SelectMany(f => InTrigger(f.Timer?.Schedule ?? f.Queue?.QueueName ?? f.Http?.Route ?? ""));

    public static IEnumerable<(string Name, PropertyInfo Property)> In(Type options, string prefix) =>
        from property in options.GetProperties()
        where property.CanWrite
        let name = prefix + Setting.NameOf(Setting.KeyOf(property))
        let item = Setting.ItemType(property.PropertyType)
        let type = item ?? property.PropertyType
        let indexed = item is null ? name : name + "__0"
        from setting in Setting.IsSingleValue(type) ? [(indexed, property)] : In(type, indexed + "__")
        select setting;

    public static IEnumerable<string> InTrigger(string text) =>
        Placeholder().Matches(text).Select(found => Setting.NameOf(found.Groups[1].Value));

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Placeholder();
}
