namespace Dunning.Tests.Conventions;

/// <summary>
/// Which folder of <c>functions/</c> may use which. The root and Configuration compose all folders and may use
/// everything; the files of the root (queues, tables, embedded text) may be used by all folders that do I/O.
/// </summary>
public static class FolderRules
{
    private static readonly string[] _foundation =
    [
        "Dunning.Receivables",
        "Dunning.Receivables.Banking",
        "Dunning.Receivables.Storage",
        "Dunning.Policies",
        "Dunning.Policies.Calendars",
        "Dunning.Policies.Interest",
        "Dunning.Http",
        "Dunning.Http.Validation",
    ];

    private static readonly string[] _notices =
    [
        "Dunning.Notices.Delivery",
        "Dunning.Notices.Letters",
        "Dunning.Notices.Localization",
        "Dunning.Notices.Wordings",
        "Dunning.PortalLinks",
    ];

    /// <summary>Pages stand on top: they use what the other folders offer, and nobody uses them.</summary>
    private static readonly string[] _pages =
    [
        .. _foundation,
        "Dunning.Html",
        "Dunning.PortalLinks",
        "Dunning.Dashboard.Access",
        "Dunning.Dashboard.Layout",
        "Dunning.Dashboard.Actions",
        "Dunning.Dashboard.InvoicePages",
        "Dunning.Dashboard.CustomerPages",
        "Dunning.Dashboard.OverviewPages",
        "Dunning.Dashboard.ToDoPages",
        "Dunning.Dashboard.SettingsPages",
        "Dunning.Invoices",
        "Dunning.Invoices.Arrangements",
        "Dunning.Payments.Ledger",
        "Dunning.Payments.Webhooks",
        "Dunning.Notices.Delivery",
        "Dunning.Notices.Localization",
        "Dunning.Notices.Email",
        "Dunning.Notices.Sms",
        "Dunning.Notices.Escalation",
        "Dunning.Evidence.Cases",
        "Dunning.Forecast",
        "Dunning.PolicyVersions",
        "Dunning.Dashboard.PolicyPages",
        "Dunning.Dashboard.CallPages",
        "Dunning.Dashboard.LetterPages",
        "Dunning.Dashboard.JobPages",
        "Dunning.Jobs",
        "Dunning.Simulation",
        "Dunning.Reports",
        "Dunning.Invoices.Files",
        "Dunning.Invoices.Formats",
        "Dunning.Payments.BankFiles",
        "Dunning.Explanations",
        "Dunning.FollowUps",
        "Dunning.Calls",
        "Dunning.PostalLetters",
        "Dunning.Replies",
        "Dunning.Replies.Mail",
        "Dunning.Customers",
        "Dunning.Recovery",
        "Dunning.Scheduling",
        "Dunning.Statements",
        "Dunning.Monitoring",
        "Dunning.Configuration",
    ];

    /// <summary>The customers' pages stand on top, too.</summary>
    private static readonly string[] _portal =
    [
        .. _foundation,
        .. _notices,
        "Dunning.Notices.Email",
        "Dunning.Html",
        "Dunning.Portal",
        "Dunning.Portal.Answers",
        "Dunning.Invoices",
        "Dunning.Invoices.Arrangements",
        "Dunning.Customers",
        "Dunning.Replies",
    ];

    private static readonly Dictionary<string, string[]> _folders = new()
    {
        ["Dunning.Receivables"] = ["Dunning.Receivables.Banking", "Dunning.Receivables.Storage"],
        ["Dunning.Receivables.Banking"] = ["Dunning.Receivables"],
        ["Dunning.Receivables.Storage"] = ["Dunning.Receivables"],
        ["Dunning.Policies"] =
        [
            "Dunning.Receivables",
            "Dunning.Receivables.Storage",
            "Dunning.Policies.Calendars",
            "Dunning.Policies.Interest",
        ],
        ["Dunning.Policies.Calendars"] = ["Dunning.Receivables"],
        ["Dunning.Policies.Interest"] = ["Dunning.Receivables", "Dunning.Receivables.Storage", "Dunning.Policies"],
        ["Dunning.Charges"] = [.. _foundation, "Dunning.Notices.Localization"],
        ["Dunning.Http"] = ["Dunning.Receivables", "Dunning.Receivables.Storage", "Dunning.Http.Validation"],
        ["Dunning.Http.Validation"] = ["Dunning.Receivables", "Dunning.Receivables.Banking", "Dunning.Http"],
        ["Dunning.Documents"] = [.. _foundation],
        // Makes and checks packs of what other folders hand over.
        ["Dunning.Evidence"] = [.. _foundation],
        // Reads the whole case of an invoice or a customer.
        ["Dunning.Evidence.Cases"] =
        [
            .. _foundation,
            "Dunning.Evidence",
            "Dunning.Charges",
            "Dunning.Documents",
            "Dunning.Html",
            "Dunning.Notices.Delivery",
            "Dunning.Notices.Localization",
        ],
        ["Dunning.Invoices"] = [.. _foundation, "Dunning.Documents", "Dunning.Invoices.Formats"],
        ["Dunning.Invoices.Arrangements"] = [.. _foundation, "Dunning.Invoices", "Dunning.Invoices.Formats"],
        ["Dunning.Invoices.Files"] =
        [
            .. _foundation,
            "Dunning.Invoices",
            "Dunning.Invoices.Formats",
            "Dunning.Jobs",
            "Dunning.Forecast",
        ],
        ["Dunning.Reports"] = [.. _foundation, "Dunning.Configuration", "Dunning.Jobs", "Dunning.Notices.Sms"],
        ["Dunning.Export"] = [.. _foundation, "Dunning.Jobs"],
        // Describes what the others answer.
        ["Dunning.OpenApi"] =
        [
            .. _foundation,
            "Dunning.Html",
            "Dunning.Charges",
            "Dunning.Customers",
            "Dunning.Evidence.Cases",
            "Dunning.Explanations",
            "Dunning.Export",
            "Dunning.FollowUps",
            "Dunning.Invoices",
            "Dunning.Invoices.Files",
            "Dunning.Jobs",
            "Dunning.Monitoring",
            "Dunning.Notices.Wordings",
            "Dunning.Payments.BankFiles",
            "Dunning.PolicyVersions",
            "Dunning.Reports",
            "Dunning.Simulation",
        ],
        ["Dunning.Invoices.Formats"] = [.. _foundation, "Dunning.Documents"],
        ["Dunning.Explanations"] = [.. _foundation, "Dunning.Invoices"],
        ["Dunning.Customers"] = [.. _foundation, "Dunning.Invoices.Formats"],
        ["Dunning.PortalLinks"] = _foundation,
        ["Dunning.Scheduling"] = _foundation,
        ["Dunning.Statements"] = _foundation,
        ["Dunning.Notices.Delivery"] = [.. _foundation, .. _notices],
        ["Dunning.Notices.Letters"] = [.. _foundation, .. _notices],
        ["Dunning.Notices.Localization"] = [.. _foundation, .. _notices],
        ["Dunning.Notices.Wordings"] = [.. _foundation, .. _notices, "Dunning.Notices.Email", "Dunning.Notices.Sms"],
        ["Dunning.Notices.Email"] = [.. _foundation, .. _notices, "Dunning.Documents"],
        ["Dunning.Notices.Sms"] = [.. _foundation, .. _notices, "Dunning.Replies"],
        ["Dunning.Replies"] = [.. _foundation, "Dunning.Notices.Letters"],
        ["Dunning.Replies.Mail"] =
        [
            .. _foundation,
            "Dunning.Replies",
            "Dunning.Notices.Letters",
            "Dunning.Notices.Delivery",
            "Dunning.Notices.Email",
        ],
        ["Dunning.Notices.Escalation"] = [.. _foundation, .. _notices, "Dunning.Notices.Email", "Dunning.Notices.Sms"],
        ["Dunning.Recovery"] = [.. _foundation],
        ["Dunning.Monitoring"] = [.. _foundation],
        // What the owner's and the customers' pages share.
        ["Dunning.Html"] = [.. _foundation, "Dunning.Notices.Localization"],
        ["Dunning.Portal"] = _portal,
        ["Dunning.Portal.Answers"] = _portal,
        ["Dunning.Dashboard"] = [.. _pages],
        ["Dunning.Dashboard.Access"] = [.. _pages],
        ["Dunning.Dashboard.Layout"] = [.. _pages],
        ["Dunning.Dashboard.Actions"] = [.. _pages],
        ["Dunning.Dashboard.InvoicePages"] = [.. _pages],
        ["Dunning.Dashboard.CustomerPages"] = [.. _pages],
        ["Dunning.Dashboard.OverviewPages"] = [.. _pages],
        ["Dunning.Dashboard.ToDoPages"] = [.. _pages],
        ["Dunning.Dashboard.SettingsPages"] = [.. _pages],
        ["Dunning.Dashboard.PolicyPages"] = [.. _pages],
        ["Dunning.Dashboard.CallPages"] = [.. _pages],
        ["Dunning.Dashboard.LetterPages"] = [.. _pages],
        ["Dunning.Dashboard.JobPages"] = [.. _pages],
        // Applies the decisions that plan, send and settle, in memory.
        ["Dunning.Forecast"] =
        [
            .. _foundation,
            "Dunning.Configuration",
            "Dunning.Notices.Delivery",
            "Dunning.Notices.Email",
            "Dunning.Notices.Escalation",
            "Dunning.Notices.Sms",
            "Dunning.Payments.Ledger",
            "Dunning.Payments.Webhooks",
        ],
        ["Dunning.Jobs"] = _foundation,
        ["Dunning.Simulation"] =
        [
            .. _foundation,
            "Dunning.Forecast",
            "Dunning.Jobs",
            "Dunning.Notices.Delivery",
            "Dunning.PolicyVersions",
        ],
        ["Dunning.PolicyVersions"] = [.. _foundation, "Dunning.Forecast", "Dunning.Notices.Delivery"],
        // Lists what waits for a person, wherever it lies.
        ["Dunning.FollowUps"] =
        [
            .. _foundation,
            "Dunning.Notices.Delivery",
            "Dunning.Payments.Ledger",
            "Dunning.Payments.Webhooks",
            "Dunning.Recovery",
        ],
        // What a person does in place of a provider stands on top, too.
        ["Dunning.Calls"] =
        [
            .. _foundation,
            "Dunning.FollowUps",
            "Dunning.Invoices",
            "Dunning.Invoices.Arrangements",
            "Dunning.Notices.Delivery",
        ],
        ["Dunning.PostalLetters"] =
        [
            .. _foundation,
            .. _notices,
            "Dunning.Documents",
            "Dunning.FollowUps",
            "Dunning.Notices.Email",
        ],
        // Top level: uses other folders and is used by none.
        ["Dunning.Privacy"] = [.. _foundation, "Dunning.Documents", "Dunning.Payments.Webhooks"],
    };

    /// <summary>A folder owns its messages: senders use the message record and nothing else of the folder.</summary>
    private static readonly (string From, string To, string Record)[] _messages =
    [
        ("Dunning.Invoices", "Dunning.Payments.Ledger", "PaymentReceived"),
        ("Dunning.Invoices", "Dunning.Scheduling", "ShardScan"),
        // Not a message: a long import looks for new versions of policies.
        ("Dunning.Invoices", "Dunning.PolicyVersions", "PolicyUpdates"),
        // Not a message: a document that credits or replaces an invoice is booked before it is answered.
        ("Dunning.Invoices", "Dunning.Payments.Ledger", "Corrections"),
        ("Dunning.Scheduling", "Dunning.Notices.Delivery", "NoticeReady"),
        ("Dunning.Payments", "Dunning.Notices.Delivery", "NoticeReady"),
        ("Dunning.Recovery", "Dunning.Notices.Delivery", "NoticeReady"),
        // Not messages: a letter or call that nobody needs any more is dropped as a message would be.
        ("Dunning.Recovery", "Dunning.Notices.Delivery", "NoticeCheck"),
        ("Dunning.Recovery", "Dunning.Notices.Delivery", "PreSendResult"),
        ("Dunning.Recovery", "Dunning.Payments.Ledger", "PaymentReceived"),
        ("Dunning.Recovery", "Dunning.Scheduling", "ShardScan"),
        // Not messages: erasure deletes what was sent.
        ("Dunning.Privacy", "Dunning.Notices.Delivery", "MessageArchive"),
        ("Dunning.Privacy", "Dunning.Notices.Delivery", "MessageReference"),
        // Nor this: erasure deletes what was received.
        ("Dunning.Privacy", "Dunning.Replies.Mail", "ReceivedMessages"),
    ];

    /// <summary>Failures and telemetry, which all folders above the foundation may use.</summary>
    private static readonly string[] _sharedTypes = ["Telemetry", "Failures", "Failure"];

    /// <summary>
    /// Plain data without access to storage: a transaction, a row with its ETag, and JSON formatting.
    /// </summary>
    private static readonly string[] _storageValueTypes = ["CustomerTransaction", "Versioned", "Versioned`1", "Rows"];

    private const string Payments = "Dunning.Payments";

    public static bool Allows(TypeUse use)
    {
        if (use.From is "Dunning" or "Dunning.Configuration" or "" || use.From == use.To)
            return true;
        var isFoundation = _foundation.Contains(use.From);
        if (use.To == "Dunning")
            return !isFoundation || use.Type == nameof(EmbeddedText);
        if (_storageValueTypes.Contains(use.Type) && use.From.StartsWith("Dunning.Policies", StringComparison.Ordinal))
            return true;
        if (!isFoundation && (_sharedTypes.Contains(use.Type) || IsOptions(use)))
            return true;
        return AllowedFolders(use.From).Any(folder => IsIn(folder, use.To))
            || _messages.Any(message =>
                IsIn(message.From, use.From) && (message.To, message.Record) == (use.To, use.Type)
            );
    }

    /// <summary>
    /// All folders above the foundation may use the options classes, and nothing else of <c>Configuration</c>.
    /// </summary>
    private static bool IsOptions(TypeUse use) =>
        use.To == "Dunning.Configuration" && use.Type.EndsWith("Options", StringComparison.Ordinal);

    /// <summary>
    /// The parts of Payments may use each other, but providers may not; only the list of providers knows them all.
    /// </summary>
    private static IEnumerable<string> AllowedFolders(string folder)
    {
        if (!IsIn(Payments, folder))
            return _folders[folder];
        string[] parts = [.. _foundation, $"{Payments}.Webhooks", $"{Payments}.Ledger"];
        if (folder == $"{Payments}.BankFiles")
            return [.. parts, $"{Payments}.Providers", "Dunning.Jobs"];
        return folder.StartsWith($"{Payments}.Providers.", StringComparison.Ordinal)
            ? parts
            : [.. parts, $"{Payments}.Providers"];
    }

    public static bool IsKnown(string folder) =>
        folder == "Dunning.Configuration" || IsIn(Payments, folder) || _folders.ContainsKey(folder);

    private static bool IsIn(string outer, string folder) =>
        folder == outer || (IsNested(outer) && folder.StartsWith(outer + ".", StringComparison.Ordinal));

    private static bool IsNested(string outer) => outer.StartsWith(Payments, StringComparison.Ordinal);
}
