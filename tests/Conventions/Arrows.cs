
namespace Dunning.Tests.Conventions;

/// <summary>Which folder of <c>functions/</c> may use which. The root ties all together and may use everything.</summary>
public static class Arrows
{
    private static readonly Dictionary<string, string[]> s_folders = new()
    {
        ["Dunning.Book"] = [],
        ["Dunning.Plan"] = ["Dunning.Book"],
        ["Dunning.Http"] = ["Dunning.Book"],
        ["Dunning.Accept"] = ["Dunning.Book", "Dunning.Plan", "Dunning.Http"],
        ["Dunning.Detect"] = ["Dunning.Book", "Dunning.Plan", "Dunning.Http"],
        ["Dunning.Notify"] = ["Dunning.Book", "Dunning.Plan", "Dunning.Http"],
        ["Dunning.Notify.Email"] = ["Dunning.Notify", "Dunning.Book", "Dunning.Plan", "Dunning.Http"],
        ["Dunning.Notify.Sms"] = ["Dunning.Notify", "Dunning.Book", "Dunning.Plan", "Dunning.Http"],
        ["Dunning.Notify.Escalation"] = ["Dunning.Notify", "Dunning.Notify.Email", "Dunning.Book", "Dunning.Plan", "Dunning.Http"],
        ["Dunning.Settle"] = ["Dunning.Book", "Dunning.Plan", "Dunning.Http"],
        ["Dunning.Recover"] = ["Dunning.Book", "Dunning.Http"],
        // Who forgets has to reach where payments were told of.
        ["Dunning.Forget"] = ["Dunning.Book", "Dunning.Http", "Dunning.Settle"],
        ["Dunning.Watch"] = ["Dunning.Book", "Dunning.Plan", "Dunning.Http"],
    };

    /// <summary>A folder owns its inbox: those who send to it know its message record and nothing else of it.</summary>
    private static readonly (string From, string To, string Record)[] s_messages =
    [
        ("Dunning.Accept", "Dunning.Settle", "PaymentReceived"),
        ("Dunning.Detect", "Dunning.Notify", "NoticeReady"),
        ("Dunning.Settle", "Dunning.Notify", "NoticeReady"),
        ("Dunning.Recover", "Dunning.Notify", "NoticeReady"),
        ("Dunning.Recover", "Dunning.Settle", "PaymentReceived"),
        ("Dunning.Recover", "Dunning.Settle", "Decided"),
        ("Dunning.Recover", "Dunning.Detect", "ShardScan"),
    ];

    /// <summary>What lies in the root and belongs to the start alone.</summary>
    private static readonly string[] s_start = ["Composition", "Settings", "SettingChecks", "SettingRules", "SecretReferences"];

    public static IEnumerable<string> Folders => s_folders.Keys;

    public static bool Allows(TypeUse use)
    {
        if (use.From is "Dunning" or "" || use.From == use.To) return true;
        if (use.To == "Dunning") return AllowsRoot(use);
        return s_folders[use.From].Contains(use.To) || s_messages.Contains((use.From, use.To, use.Type));
    }

    /// <summary>The root knows every folder, so a use of it from the innermost ones would close a circle; embedded text knows none.</summary>
    private static bool AllowsRoot(TypeUse use) =>
        use.From is "Dunning.Book" or "Dunning.Plan" or "Dunning.Http" ? use.Type == nameof(EmbeddedText) : !s_start.Contains(use.Type);
}
