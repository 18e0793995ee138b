
namespace Dunning.Tests.Conventions;

public sealed class ArrowTests
{
    private static readonly SourceFile[] s_house =
    [
        new("Notify/NoticeReady.cs", "namespace Dunning.Notify;\npublic sealed record NoticeReady(string Id);"),
        new("Notify/Run.cs", "namespace Dunning.Notify;\npublic sealed class Run { }"),
        new("Email/MailRoom.cs", "namespace Dunning.Notify.Email;\npublic sealed class MailRoom { }"),
        new("Settings.cs", "namespace Dunning;\npublic static class Settings { }"),
    ];

    [Fact]
    public void Folders_use_only_what_lies_before_them_on_the_way_of_an_invoice() =>
        Found.Nothing(new TypeUses(Sources.Functions).All.Where(use => !Arrows.Allows(use)));

    [Fact]
    public void The_compiled_code_keeps_to_it_also_where_no_name_is_written()
    {
        var uses =
            from type in Sources.CompiledTypes
            from member in MethodBody.MembersUsedBy(type)
            let used = member as Type ?? member.DeclaringType
            where Sources.IsProduct(used?.Namespace)
            select new TypeUse(type.FullName!, type.Namespace!, used.Namespace!, used.Name);

        Found.Nothing(uses.Distinct().Where(use => !Arrows.Allows(use)));
    }

    [Fact]
    public void A_namespace_is_its_folder()
    {
        var elsewhere = Sources.Functions.Where(file => file.Path != "Program.cs"
            && file.Namespace != string.Join('.', file.Path.Split('/')[..^1].Prepend("Dunning")));

        Found.Nothing(elsewhere.Select(file => $"{file.Path}: {file.Namespace}"));
    }

    [Fact]
    public void Every_folder_has_its_arrows() =>
        Found.Nothing(Sources.Functions.Select(file => file.Namespace).Distinct().Except(Arrows.Folders).Except(["Dunning", ""]));

    [Fact]
    public void No_using_holds_for_all_files_at_once() =>
        Found.Nothing(Sources.Functions.Where(file => file.Code.Contains("global using", StringComparison.Ordinal)).Select(file => file.Path));

    [Fact]
    public void The_message_record_of_a_queue_lies_with_those_who_receive_it()
    {
        var inboxes = FunctionMethods.All.Where(f => f.Queue is not null && Sources.IsProduct(f.Input.Namespace)).ToList();

        Assert.NotEmpty(inboxes);
        Assert.All(inboxes, f => Assert.True(Arrows.Allows(new TypeUse(f.Name, f.Class.Namespace!, f.Input.Namespace!, f.Input.Name))
            && f.Class.Namespace!.StartsWith(f.Input.Namespace!, StringComparison.Ordinal), $"{f.Name} receives {f.Input.FullName}"));
    }

    [Fact]
    public void Reading_the_sources_finds_every_compiled_type()
    {
        var compiled = Sources.CompiledTypes.Where(type => !type.Name.Contains('<', StringComparison.Ordinal) && !type.IsSpecialName)
            .Select(type => type.Name.Split('`')[0]);

        Found.Nothing(compiled.Except(Sources.Functions.SelectMany(file => file.Types)));
    }

    [Theory]
    [InlineData("Dunning.Settle", "using Dunning.Notify;\nclass A { Run? run; }", "Run")]
    [InlineData("Dunning.Settle", "using Dunning.Notify;\nclass A { object run = new Run(); }", "Run")]
    [InlineData("Dunning.Settle", "using Dunning.Notify;\nclass A { }", "*")]
    [InlineData("Dunning.Watch", "using Dunning.Notify;\nclass A { NoticeReady? ready; }", "NoticeReady")]
    [InlineData("Dunning.Settle", "using static Dunning.Notify.Run;", "Run")]
    [InlineData("Dunning.Settle", "using Sending = Dunning.Notify.Run;", "Run")]
    [InlineData("Dunning.Settle", "class A { global::Dunning.Notify.Run? run; }", "Run")]
    [InlineData("Dunning.Settle", "class A { string a = $\"{nameof(Notify.Email.MailRoom)}\"; }", "MailRoom")]
    [InlineData("Dunning.Notify.Sms", "class A { Email.MailRoom? room; }", "MailRoom")]
    [InlineData("Dunning.Notify.Sms", "using Dunning.Notify.Email;\nclass A { MailRoom? room; }", "MailRoom")]
    [InlineData("Dunning.Notify", "class A { Email.MailRoom? room; }", "MailRoom")]
    [InlineData("Dunning.Accept", "class A { object a = Settings.Required; }", "Settings")]
    public void An_arrow_against_the_way_is_seen(string space, string code, string type) =>
        Assert.Equal([type], Broken(space, code).Select(use => use.Type));

    [Theory]
    [InlineData("Dunning.Settle", "using Dunning.Notify;\nclass A { NoticeReady? ready; void Run() { Run(); } }")]
    [InlineData("Dunning.Notify.Email", "class A { Run? run; }")]
    [InlineData("Dunning.Notify.Escalation", "using Dunning.Notify.Email;\nclass A { MailRoom? room; }")]
    [InlineData("Dunning.Settle", "class A { string a = \"Dunning.Notify.Run\"; } // Notify.Run")]
    [InlineData("Dunning.Settle", "class A { object a = invoice.Settings; }")]
    public void An_arrow_along_the_way_is_let_be(string space, string code) => Found.Nothing(Broken(space, code));

    private static IEnumerable<TypeUse> Broken(string space, string code) =>
        new TypeUses([.. s_house, WithNamespace(space, code)]).All.Where(use => !Arrows.Allows(use));

    private static SourceFile WithNamespace(string space, string code)
    {
        var start = code.IndexOf("class", StringComparison.Ordinal) is var at && at < 0 ? code.Length : at;
        return new("A.cs", $"{code[..start]}\nnamespace {space};\n{code[start..]}");
    }
}
