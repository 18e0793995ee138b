using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dunning.Tests.Conventions;

/// <summary>
/// The local edition compiles <c>functions/</c> against <c>local/Sdk</c>, whose public part is official (<see cref="SdkSurface"/>). Two gaps
/// remain, closed here: both lie in one assembly, so the internals of the SDK are in reach; and Program.cs is compiled in Azure's edition only.
/// </summary>
public sealed partial class OfficialSdkTests
{
    private static readonly string[] s_own = ["args", "builder", "app", "metrics", "traces", "monitor"];

    private static readonly string[] s_keywords = ["using", "var", "await", "new", "return", "if", "false"];

    [Fact]
    public void The_product_uses_no_member_that_only_the_local_edition_has()
    {
        var inside = from type in Sources.CompiledTypes
                     from member in MethodBody.MembersUsedBy(type)
                     let owner = member as Type ?? member.DeclaringType
                     where owner?.Assembly == type.Assembly && !Sources.IsProduct(owner.Namespace) && !IsOfCompiler(owner) && !IsOfficial(member)
                     select $"{type.FullName} uses {owner.FullName}::{member.Name}";

        Found.Nothing(inside.Distinct());
    }

    [Fact]
    public void An_internal_member_of_the_sdk_is_not_taken_for_official()
    {
        var type = typeof(Queues).Assembly.GetTypes().First(t => t.Namespace == "Azure.Data.Tables" && !t.IsVisible);

        Assert.False(IsOfficial(type));
        Assert.False(IsOfficial(type.GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance)[0]));
        Assert.True(IsOfficial(typeof(Azure.Data.Tables.TableEntity).GetProperty("RowKey")!.GetMethod!));
    }

    [Fact]
    public void The_azure_hosts_program_uses_official_names_only() => Found.Nothing(Unofficial(Sources.Text("functions/Program.cs")));

    [Theory]
    [InlineData("FunctionsApplication")]
    [InlineData("CreateBuilder")]
    [InlineData("ConfigureFunctionsWebApplication")]
    [InlineData("AddDunning")]
    [InlineData("UseAzureMonitorExporter")]
    [InlineData("UseFunctionsWorkerDefaults")]
    public void A_slip_in_the_azure_hosts_program_is_noticed(string name)
    {
        var text = Sources.Text("functions/Program.cs");

        Assert.Contains(name, text, StringComparison.Ordinal);
        Assert.Equal([name + "s"], Unofficial(text.Replace(name, name + "s", StringComparison.Ordinal)).Distinct());
    }

    private static IEnumerable<string> Unofficial(string program)
    {
        var known = OfficialNames().Concat(s_own).Concat(s_keywords).ToHashSet(StringComparer.Ordinal);
        return Identifier().Matches(CSharpText.CodeOf(program)).Select(found => found.Value).Where(name => !known.Contains(name));
    }

    /// <summary>Of the worker's lists, what leads to and from its application builder; and what the lines beside that use of .NET and of ours.</summary>
    private static IEnumerable<string> OfficialNames()
    {
        const string application = "Microsoft.Azure.Functions.Worker.Builder.FunctionsApplication";
        var lists = Path.Combine(Dunning.Local.Repository.Root, "tests", "Conventions", "sdk-surface");
        var worker = Directory.GetFiles(lists, "Microsoft.Azure.Functions.Worker*.txt").SelectMany(File.ReadLines)
            .Where(line => line.StartsWith(application, StringComparison.Ordinal))
            .SelectMany(Names);
        var telemetry = File.ReadLines(Path.Combine(lists, "OpenTelemetry.txt")).Where(line => !line.StartsWith('#')).SelectMany(Names);
        Type[] beside = [typeof(Composition), typeof(Settings), typeof(Telemetry), typeof(IServiceCollection), typeof(IHost), typeof(HostingAbstractionsHostExtensions), typeof(CancellationToken)];
        return worker.Concat(telemetry).Concat(beside.SelectMany(type => type.GetMembers().Select(m => m.Name).Append(type.Name).Concat(type.Namespace!.Split('.'))));
    }

    private static IEnumerable<string> Names(string line) => line.Split("  ")[0].Split(["::", "."], StringSplitOptions.None);

    private static bool IsOfficial(MemberInfo member) => member switch
    {
        Type type => type.IsVisible,
        MethodBase method => method.DeclaringType!.IsVisible && (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly),
        FieldInfo field => field.DeclaringType!.IsVisible && (field.IsPublic || field.IsFamily),
        _ => false,
    } && (member as Type ?? member.DeclaringType)!.Namespace?.StartsWith("Dunning", StringComparison.Ordinal) == false;

    private static bool IsOfCompiler(Type type) =>
        type.Name.Contains('<', StringComparison.Ordinal) || type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true;

    [GeneratedRegex(@"\b[A-Za-z_]\w*")]
    private static partial Regex Identifier();
}
