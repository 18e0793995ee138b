namespace Dunning.Tests.Conventions;

/// <summary>
/// Which folder of <c>functions/</c> may use which. The root and Configuration compose all of them and may use
/// everything; what lies in the root (queues, tables, embedded text) may be used by all that do I/O.
/// </summary>
public static class Arrows
{
    private static readonly string[] _foundation =
    [
        "Dunning.Receivables",
        "Dunning.Receivables.Storage",
        "Dunning.Policies",
        "Dunning.Policies.Calendars",
        "Dunning.Http",
        "Dunning.Http.Validation",
    ];

    private static readonly string[] _notices =
    [
        "Dunning.Notices.Delivery",
        "Dunning.Notices.Letters",
        "Dunning.Notices.Localization",
    ];

    private static readonly Dictionary<string, string[]> _folders = new()
    {
        ["Dunning.Receivables"] = ["Dunning.Receivables.Storage"],
        ["Dunning.Receivables.Storage"] = ["Dunning.Receivables"],
        ["Dunning.Policies"] = ["Dunning.Receivables", "Dunning.Policies.Calendars"],
        ["Dunning.Policies.Calendars"] = ["Dunning.Receivables"],
        ["Dunning.Http"] = ["Dunning.Receivables", "Dunning.Receivables.Storage", "Dunning.Http.Validation"],
        ["Dunning.Http.Validation"] = ["Dunning.Receivables", "Dunning.Http"],
        ["Dunning.Invoices"] = [.. _foundation, "Dunning.Invoices.Formats"],
        ["Dunning.Invoices.Formats"] = [.. _foundation],
        ["Dunning.Scheduling"] = _foundation,
        ["Dunning.Notices.Delivery"] = [.. _foundation, .. _notices],
        ["Dunning.Notices.Letters"] = [.. _foundation, .. _notices],
        ["Dunning.Notices.Localization"] = [.. _foundation, .. _notices],
        ["Dunning.Notices.Email"] = [.. _foundation, .. _notices],
        ["Dunning.Notices.Sms"] = [.. _foundation, .. _notices],
        ["Dunning.Notices.Escalation"] = [.. _foundation, .. _notices, "Dunning.Notices.Email"],
        ["Dunning.Recovery"] = [.. _foundation],
        ["Dunning.Monitoring"] = [.. _foundation],
        // On top: they use what the other folders offer, and nobody uses them.
        ["Dunning.Privacy"] = [.. _foundation, "Dunning.Payments.Webhooks"],
    };

    /// <summary>
    /// A folder owns its messages: those who send to it know the message record and nothing else of it.
    /// </summary>
    private static readonly (string From, string To, string Record)[] _messages =
    [
        ("Dunning.Invoices", "Dunning.Payments.Ledger", "PaymentReceived"),
        ("Dunning.Scheduling", "Dunning.Notices.Delivery", "NoticeReady"),
        ("Dunning.Payments", "Dunning.Notices.Delivery", "NoticeReady"),
        ("Dunning.Recovery", "Dunning.Notices.Delivery", "NoticeReady"),
        ("Dunning.Recovery", "Dunning.Payments.Ledger", "PaymentReceived"),
        ("Dunning.Recovery", "Dunning.Payments.Ledger", "PaymentDecision"),
        ("Dunning.Recovery", "Dunning.Scheduling", "ShardScan"),
    ];

    /// <summary>Options, and what records how functions run, belong to no stage of the flow.</summary>
    private static readonly string[] _everywhere =
    [
        "CreditorOptions",
        "BankTransfer",
        "RetentionOptions",
        "Telemetry",
        "Failures",
        "Failure",
    ];

    /// <summary>
    /// A transaction as data, a row as it was read, and how JSON is written: no storage is reached by them.
    /// </summary>
    private static readonly string[] _pureStorage = ["CustomerTransaction", "Versioned", "Versioned`1", "Rows"];

    private const string Payments = "Dunning.Payments";

    public static bool Allows(TypeUse use)
    {
        if (use.From is "Dunning" or "Dunning.Configuration" or "" || use.From == use.To)
            return true;
        var isFoundation = _foundation.Contains(use.From);
        if (use.To == "Dunning")
            return !isFoundation || use.Type == nameof(EmbeddedText);
        if (_pureStorage.Contains(use.Type) && use.From.StartsWith("Dunning.Policies", StringComparison.Ordinal))
            return true;
        if (!isFoundation && _everywhere.Contains(use.Type))
            return true;
        return MayUse(use.From).Any(folder => IsIn(folder, use.To))
            || _messages.Any(message =>
                IsIn(message.From, use.From) && (message.To, message.Record) == (use.To, use.Type)
            );
    }

    /// <summary>The parts of Payments depend on each other; a provider knows no other provider.</summary>
    private static IEnumerable<string> MayUse(string folder)
    {
        if (!IsIn(Payments, folder))
            return _folders[folder];
        string[] parts = [.. _foundation, $"{Payments}.Webhooks", $"{Payments}.Ledger"];
        return IsIn($"{Payments}.Providers", folder) ? parts : [.. parts, $"{Payments}.Providers"];
    }

    public static bool IsKnown(string folder) =>
        folder == "Dunning.Configuration" || IsIn(Payments, folder) || _folders.ContainsKey(folder);

    private static bool IsIn(string outer, string folder) =>
        folder == outer || (IsNested(outer) && folder.StartsWith(outer + ".", StringComparison.Ordinal));

    private static bool IsNested(string outer) => outer.StartsWith(Payments, StringComparison.Ordinal);
}
