using System.Globalization;
using System.Xml.Linq;
using Dunning.Http;
using Dunning.Receivables;

namespace Dunning.Payments.BankFiles;

/// <summary>
/// ISO 20022 camt.053 (statement), camt.052 (report) and camt.054 (notification), of any version. Only booked entries
/// count. An entry that collects several transactions gives one line for each, if each has an amount of its own.
/// </summary>
internal static class CamtFile
{
    /// <summary>Of a remittance text; a collective entry may have one for each of thousands of transactions.</summary>
    private const int MaxText = 1_000;

    private static readonly string[] _kinds = ["Stmt", "Rpt", "Ntfctn"];

    /// <exception cref="UnreadableDocumentException">It is no such document.</exception>
    public static BankFile Read(XDocument document)
    {
        var statements = document.Root?.Elements().Elements().Where(e => _kinds.Contains(e.Name.LocalName)).ToList();
        if (document.Root?.Name.LocalName != "Document" || statements is not { Count: > 0 })
            throw new UnreadableDocumentException(
                422,
                "unsupported-document",
                "Send a bank statement as camt.053, camt.052 or camt.054 (ISO 20022)."
            );
        List<BankLine> lines = [];
        List<UnreadableLine> unreadable = [];
        Dictionary<string, BankLineId> accounts = [];
        foreach (var statement in statements)
        {
            var account = Text(statement, "Acct/Id/IBAN") ?? Text(statement, "Acct/Id/Othr/Id") ?? "";
            if (!accounts.TryGetValue(account, out var ids))
                accounts[account] = ids = new BankLineId(account);
            foreach (var (entry, detail, part) in Children(statement, "Ntry").Where(IsBooked).SelectMany(PartsOf))
            {
                var number = lines.Count + unreadable.Count + 1;
                if (Read(entry, detail, part, number, ids) is { } line)
                    lines.Add(line);
                else
                    unreadable.Add(new(number, "The entry has no valid amount, currency, direction or date."));
            }
        }
        return new BankFile(document.Root.Name.NamespaceName.Split(':')[^1], lines, unreadable);
    }

    /// <returns>
    /// The entry with each of its transactions, numbered from 1; or 0 for the entry as a whole, with its only
    /// transaction.
    /// </returns>
    private static IEnumerable<(XElement Entry, XElement? Detail, int Part)> PartsOf(XElement entry)
    {
        var details = Children(entry, "NtryDtls").SelectMany(batch => Children(batch, "TxDtls")).ToList();
        if (details.Count > 1 && AreWhole(entry, details))
            return details.Select((detail, part) => (entry, (XElement?)detail, part + 1));
        return [(entry, details.Count == 1 ? details[0] : null, 0)];
    }

    /// <summary>Only amounts that add up to what was booked are amounts that arrived.</summary>
    private static bool AreWhole(XElement entry, List<XElement> details)
    {
        if (SignedAmountOf(entry, Child(entry, "Amt"), null) is not { } booked)
            return false;
        var parts = details.ConvertAll(detail => SignedAmountOf(entry, AmountOf(detail), detail));
        return parts.TrueForAll(part => part?.Currency == booked.Currency)
            && parts.Aggregate(Money.Zero(booked.Currency), (sum, part) => sum + part!.Value) == booked;
    }

    /// <returns>Null where it is not valid.</returns>
    private static Money? SignedAmountOf(XElement entry, XElement? amount, XElement? detail)
    {
        var direction = (detail is null ? null : Text(detail, "CdtDbtInd")) ?? Text(entry, "CdtDbtInd");
        if (
            amount is null
            || direction is not ("CRDT" or "DBIT")
            || !Money.TryParse(amount.Value.Trim(), (string?)amount.Attribute("Ccy") ?? "", out var money, out _)
        )
            return null;
        return direction == "CRDT" ? money : -money;
    }

    private static BankLine? Read(XElement entry, XElement? detail, int part, int number, BankLineId ids)
    {
        // Of a single transaction, what was instructed may be more than what arrived.
        var amount =
            part == 0
                ? SignedAmountOf(entry, Child(entry, "Amt"), null)
                : SignedAmountOf(entry, AmountOf(detail!), detail);
        if (amount is not { } signed || (DateOf(entry, "ValDt") ?? DateOf(entry, "BookgDt")) is not { } date)
            return null;
        var from = detail ?? entry;
        var payer = Text(from, "RltdPties/Dbtr/Pty/Nm") ?? Text(from, "RltdPties/Dbtr/Nm");
        var reference = Text(from, "RmtInf/Strd/CdtrRefInf/Ref");
        var text = string.Join(
            ' ',
            from.Descendants()
                .Where(e =>
                    e.Name.LocalName is "Ustrd" or "AddtlTxInf" or "AddtlRmtInf" or "AddtlNtryInf" || IsNumber(e)
                )
                .Select(e => e.Value.Trim())
                .Where(one => one.Length > 0)
        );
        text = text.Length > MaxText ? text[..MaxText] : text;
        return new BankLine(
            number,
            ids.Create(
                BankIdOf(entry, detail, part),
                date,
                signed,
                $"{DateOf(entry, "BookgDt"):yyyy-MM-dd}",
                payer,
                reference,
                text
            ),
            date,
            signed,
            payer,
            reference,
            text
        );
    }

    /// <summary>The number of a document that the payment names, such as an invoice.</summary>
    private static bool IsNumber(XElement e) => e.Name.LocalName is "Nb" && e.Parent?.Name.LocalName is "RfrdDocInf";

    /// <summary>
    /// The servicer's reference, which statement and notification share. That of the entry is of all its transactions.
    /// </summary>
    private static string? BankIdOf(XElement entry, XElement? detail, int part)
    {
        var own = detail is null ? null : Text(detail, "Refs/AcctSvcrRef");
        var shared = Text(entry, "AcctSvcrRef");
        return part == 0
            ? shared ?? own
            : own ?? (shared is null ? null : string.Create(CultureInfo.InvariantCulture, $"{shared}#{part}"));
    }

    /// <summary>Of a transaction: directly, or in the older versions among its details.</summary>
    private static XElement? AmountOf(XElement detail) => Child(detail, "Amt") ?? Find(detail, "AmtDtls/TxAmt/Amt");

    /// <summary>The status is a text in older versions, and a code in newer ones.</summary>
    private static bool IsBooked(XElement entry) => (Text(entry, "Sts/Cd") ?? Text(entry, "Sts")) is null or "BOOK";

    private static DateOnly? DateOf(XElement entry, string name)
    {
        var text = Text(entry, $"{name}/Dt") ?? Text(entry, $"{name}/DtTm");
        return
            text?.Length >= 10
            && DateOnly.TryParseExact(
                text[..10],
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var date
            )
            ? date
            : null;
    }

    private static string? Text(XElement from, string path) =>
        Find(from, path)?.Value.Trim() is { Length: > 0 } text ? text : null;

    private static XElement? Find(XElement from, string path) =>
        path.Split('/').Aggregate((XElement?)from, (element, name) => element is null ? null : Child(element, name));

    private static XElement? Child(XElement from, string name) => Children(from, name).FirstOrDefault();

    private static IEnumerable<XElement> Children(XElement from, string name) =>
        from.Elements().Where(element => element.Name.LocalName == name);
}
