namespace Dunning.Tests.Conventions;

public sealed class FolderRuleTests
{
    private static readonly SourceFile[] _sample =
    [
        new(
            "Notices/Delivery/NoticeReady.cs",
            "namespace Dunning.Notices.Delivery;\npublic sealed record NoticeReady(string Id);"
        ),
        new(
            "Notices/Localization/TextSpan.cs",
            "namespace Dunning.Notices.Localization;\npublic sealed class TextSpan { }"
        ),
        new(
            "Notices/Email/EmailComposer.cs",
            "namespace Dunning.Notices.Email;\npublic sealed class EmailComposer { }"
        ),
        new("Queues.cs", "namespace Dunning;\npublic static class Queues { }"),
    ];

    [Fact]
    public void Folders_use_only_the_folders_that_the_rules_allow() =>
        ScanAssert.Empty(new TypeUses(Sources.Functions).All.Where(use => !FolderRules.Allows(use)));

    [Fact]
    public void The_compiled_code_follows_the_rules_also_where_the_source_names_no_type()
    {
        var uses =
            from type in Sources.CompiledTypes
            from member in MethodBody.MembersUsedBy(type)
            let used = member as Type ?? member.DeclaringType
            where Sources.IsProduct(used?.Namespace)
            select new TypeUse(type.FullName!, type.Namespace!, used.Namespace!, used.Name);

        ScanAssert.Empty(uses.Distinct().Where(use => !FolderRules.Allows(use)));
    }

    [Fact]
    public void A_namespace_is_its_folder()
    {
        var elsewhere = Sources.Functions.Where(file =>
            file.Path != "Program.cs"
            && file.Namespace != string.Join('.', file.Path.Split('/')[..^1].Prepend("Dunning"))
        );

        ScanAssert.Empty(elsewhere.Select(file => $"{file.Path}: {file.Namespace}"));
    }

    [Fact]
    public void Every_folder_has_rules() =>
        ScanAssert.Empty(
            Sources
                .Functions.Select(file => file.Namespace)
                .Distinct()
                .Where(folder => folder is not ("Dunning" or "") && !FolderRules.IsKnown(folder))
        );

    [Fact]
    public void No_using_holds_for_all_files_at_once() =>
        ScanAssert.Empty(
            Sources
                .Functions.Where(file => file.Code.Contains("global using", StringComparison.Ordinal))
                .Select(file => file.Path)
        );

    [Fact]
    public void The_message_record_of_a_queue_lies_with_those_who_receive_it()
    {
        var inboxes = FunctionMethods
            .All.Where(f => f.Queue is not null && Sources.IsProduct(f.Input.Namespace))
            .ToList();

        Assert.NotEmpty(inboxes);
        Assert.All(
            inboxes,
            f =>
                Assert.True(
                    FolderRules.Allows(new TypeUse(f.Name, f.Class.Namespace!, f.Input.Namespace!, f.Input.Name))
                        && f.Class.Namespace!.Split('.')[1] == f.Input.Namespace!.Split('.')[1],
                    $"{f.Name} receives {f.Input.FullName}"
                )
        );
    }

    [Fact]
    public void Reading_the_sources_finds_every_compiled_type()
    {
        var compiled = Sources
            .CompiledTypes.Where(type => !type.Name.Contains('<', StringComparison.Ordinal) && !type.IsSpecialName)
            .Select(type => type.Name.Split('`')[0]);

        ScanAssert.Empty(compiled.Except(Sources.Functions.SelectMany(file => file.Types)).Except(Sources.Components));
    }

    [Theory]
    [InlineData(
        "Dunning.Payments.Ledger",
        "using Dunning.Notices.Localization;\nclass A { TextSpan? span; }",
        "TextSpan"
    )]
    [InlineData(
        "Dunning.Payments.Ledger",
        "using Dunning.Notices.Localization;\nclass A { object span = new TextSpan(); }",
        "TextSpan"
    )]
    [InlineData("Dunning.Payments.Ledger", "using Dunning.Notices.Localization;\nclass A { }", "*")]
    [InlineData(
        "Dunning.Monitoring",
        "using Dunning.Notices.Delivery;\nclass A { NoticeReady? ready; }",
        "NoticeReady"
    )]
    [InlineData("Dunning.Payments.Ledger", "using static Dunning.Notices.Localization.TextSpan;", "TextSpan")]
    [InlineData("Dunning.Payments.Ledger", "using Sending = Dunning.Notices.Localization.TextSpan;", "TextSpan")]
    [InlineData(
        "Dunning.Payments.Ledger",
        "class A { global::Dunning.Notices.Localization.TextSpan? span; }",
        "TextSpan"
    )]
    [InlineData(
        "Dunning.Payments.Ledger",
        "class A { string a = $\"{nameof(Notices.Email.EmailComposer)}\"; }",
        "EmailComposer"
    )]
    [InlineData("Dunning.Notices.Sms", "class A { Email.EmailComposer? composer; }", "EmailComposer")]
    [InlineData(
        "Dunning.Notices.Sms",
        "using Dunning.Notices.Email;\nclass A { EmailComposer? composer; }",
        "EmailComposer"
    )]
    [InlineData("Dunning.Notices.Delivery", "class A { Notices.Email.EmailComposer? composer; }", "EmailComposer")]
    [InlineData("Dunning.Receivables", "class A { object a = Queues.Scan; }", "Queues")]
    public void A_forbidden_dependency_is_noticed(string space, string code, string type) =>
        Assert.Equal([type], Broken(space, code).Select(use => use.Type));

    [Theory]
    [InlineData(
        "Dunning.Payments.Ledger",
        "using Dunning.Notices.Delivery;\nclass A { NoticeReady? ready; void TextSpan() { TextSpan(); } }"
    )]
    [InlineData("Dunning.Notices.Email", "using Dunning.Notices.Localization;\nclass A { TextSpan? span; }")]
    [InlineData("Dunning.Notices.Escalation", "using Dunning.Notices.Email;\nclass A { EmailComposer? composer; }")]
    [InlineData(
        "Dunning.Payments.Ledger",
        "class A { string a = \"Dunning.Notices.Localization.TextSpan\"; } // Localization.TextSpan"
    )]
    [InlineData("Dunning.Receivables", "class A { object a = invoice.Queues; }")]
    public void An_allowed_dependency_is_accepted(string space, string code) => ScanAssert.Empty(Broken(space, code));

    private static IEnumerable<TypeUse> Broken(string space, string code) =>
        new TypeUses([.. _sample, WithNamespace(space, code)]).All.Where(use => !FolderRules.Allows(use));

    private static SourceFile WithNamespace(string space, string code)
    {
        var start = code.IndexOf("class", StringComparison.Ordinal) is var at && at < 0 ? code.Length : at;
        return new("A.cs", $"{code[..start]}\nnamespace {space};\n{code[start..]}");
    }
}
