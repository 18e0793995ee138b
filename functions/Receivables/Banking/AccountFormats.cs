using System.Text.RegularExpressions;

namespace Dunning.Receivables.Banking;

internal static partial class AccountFormats
{
    private const string AccountNumber = "Account number";

    /// <summary>The end of an account: a gap, then digits that people group as they like.</summary>
    private const string LastPart = @"[\t ./-]+(?<number>[0-9](?:[0-9 ./-]*[0-9])?)\z";

    /// <summary>A number that names its bank itself.</summary>
    private const string OnlyPart = @"^(?<1>[0-9][0-9 ./-]*[0-9])\z";

    private const string BankName = "^(?<1>[A-Za-z](?:[A-Za-z .&'-]*[A-Za-z])?)";

    /// <summary>By name in Malaysia, by code in Indonesia (008 Mandiri, 002 BRI); others print no gaps.</summary>
    private static readonly Dictionary<string, string> _layouts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Maybank"] = "#### #### ####",
        ["008"] = "###-##-#######-#",
        ["002"] = "####-##-######-##-#",
    };

    private static readonly Dictionary<string, string> _japaneseBanks = new()
    {
        ["0001"] = "みずほ銀行",
        ["0005"] = "三菱UFJ銀行",
        ["0009"] = "三井住友銀行",
        ["0010"] = "りそな銀行",
        ["9900"] = "ゆうちょ銀行",
    };

    private static readonly Dictionary<AccountScheme, AccountFormat> _formats = new()
    {
        [AccountScheme.Gb] = new(
            "GB",
            SortCodePattern(),
            ["Sort code", AccountNumber],
            parts => parts[1].Length is 8,
            parts => [DigitLayout.Fill("##-##-##", parts[0]), parts[1]]
        ),
        [AccountScheme.Us] = new(
            "US",
            RoutingNumberPattern(),
            ["Routing number (ABA)", AccountNumber],
            parts => CheckDigits.Is731(parts[0]) && parts is [_] or [_, { Length: >= 4 and <= 17 }]
        ),
        [AccountScheme.Au] = new(
            "AU",
            BsbPattern(),
            ["BSB", AccountNumber],
            parts => parts[1].Length is >= 5 and <= 9,
            parts => [DigitLayout.Fill("###-###", parts[0]), parts[1]]
        ),
        [AccountScheme.Ca] = new(
            "CA",
            TransitPattern(),
            ["Transit number", "Institution number", AccountNumber],
            parts => parts[2].Length is >= 7 and <= 12,
            Line: "Transit {0} Institution {1} Account {2}"
        ),
        [AccountScheme.No] = new(
            "NO",
            OnlyPartPattern(),
            ["Kontonummer"],
            parts => parts[0].Length is 11 && CheckDigits.IsMod11(parts[0]),
            parts => [DigitLayout.Fill("#### ## #####", parts[0])]
        ),
        [AccountScheme.Bankgiro] = new(
            "SE",
            OnlyPartPattern(),
            ["Bankgiro"],
            parts => parts[0].Length is 7 or 8 && CheckDigits.IsLuhn(parts[0]),
            parts => [DigitLayout.Fill("####-####", parts[0])]
        ),
        [AccountScheme.Plusgiro] = new(
            "SE",
            OnlyPartPattern(),
            ["Plusgiro"],
            parts => parts[0].Length <= 8 && CheckDigits.IsLuhn(parts[0]),
            parts => [DigitLayout.Fill("# ## ## ##-#", parts[0])]
        ),
        [AccountScheme.Dk] = new(
            "DK",
            RegistrationNumberPattern(),
            ["Reg.nr.", "Kontonr."],
            parts => parts[1].Length <= 10
        ),
        [AccountScheme.In] = new(
            "IN",
            IfscPattern(),
            ["IFSC", AccountNumber],
            parts => parts is [_] or [_, { Length: >= 9 and <= 18 }],
            parts => [parts[0].ToUpperInvariant(), .. parts[1..]]
        ),
        [AccountScheme.My] = new(
            "MY",
            BankNamePattern(),
            ["Bank", "No. akaun"],
            parts => parts[1].Length is >= 10 and <= 16,
            parts => [parts[0], Grouped(parts[0], parts[1])]
        ),
        [AccountScheme.Id] = new(
            "ID",
            BankNameAndCodePattern(),
            ["Bank", "Nomor rekening"],
            parts => parts[2].Length is >= 10 and <= 16,
            parts => [$"{parts[0]} ({parts[1]})", Grouped(parts[1], parts[2])]
        ),
        [AccountScheme.Il] = new(
            "IL",
            BranchPattern(),
            ["בנק", "סניף", "מספר חשבון"],
            parts => parts[2].Length is >= 4 and <= 9,
            Line: "{0}-{1}-{2}"
        ),
        [AccountScheme.Ru] = new(
            "RU",
            RussianBicPattern(),
            ["БИК", "Счёт №"],
            parts => parts[1].Length is 20 && CheckDigits.Is731(RussianKey(parts[0]) + parts[1]),
            Line: "БИК {0}, счёт № {1}"
        ),
        [AccountScheme.Jp] = new(
            "JP",
            ZenginPattern(),
            ["銀行", "支店", "種別", "口座番号"],
            _ => true,
            parts => [$"{_japaneseBanks.GetValueOrDefault(parts[0], "銀行")}({parts[0]})", .. parts[1..]],
            "{0} 支店({1}) {2} {3}"
        ),
    };

    public static AccountFormat Of(AccountScheme scheme) => _formats[scheme];

    /// <summary>Only a number as long as its bank's layout is surely of that kind.</summary>
    private static string Grouped(string bank, string digits) =>
        _layouts.TryGetValue(bank, out var layout) && layout.Count('#') == digits.Length
            ? DigitLayout.Fill(layout, digits)
            : digits;

    /// <summary>Banks have 050 to 999; below are the central bank's own branches, known by their region.</summary>
    private static string RussianKey(string bic) =>
        string.CompareOrdinal(bic[6..], "050") < 0 ? $"0{bic[4..6]}" : bic[6..];

    [GeneratedRegex("^(?<1>[0-9]{2}[ -]?[0-9]{2}[ -]?[0-9]{2})" + LastPart)]
    private static partial Regex SortCodePattern();

    /// <summary>The Federal Reserve's districts, and those of thrifts, of electronic payments and of cheques.</summary>
    [GeneratedRegex(
        "^(?<1>(?:0[0-9]|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)[0-9]{2}[ -]?[0-9]{4}[ -]?[0-9])(?:" + LastPart + @"|\z)"
    )]
    private static partial Regex RoutingNumberPattern();

    [GeneratedRegex("^(?<1>[0-9]{3}[ -]?[0-9]{3})" + LastPart)]
    private static partial Regex BsbPattern();

    /// <summary>As on paper, or as in electronic payments, which have the institution first.</summary>
    [GeneratedRegex("^(?:(?<1>[0-9]{5})[ -]?(?<2>[0-9]{3})|0(?<2>[0-9]{3})(?<1>[0-9]{5}))" + LastPart)]
    private static partial Regex TransitPattern();

    [GeneratedRegex(OnlyPart)]
    private static partial Regex OnlyPartPattern();

    [GeneratedRegex("^(?<1>[0-9]{4})" + LastPart)]
    private static partial Regex RegistrationNumberPattern();

    [GeneratedRegex("^(?<1>[A-Za-z]{4}0[A-Za-z0-9]{6})(?:" + LastPart + @"|\z)")]
    private static partial Regex IfscPattern();

    [GeneratedRegex(BankName + LastPart)]
    private static partial Regex BankNamePattern();

    /// <summary>
    /// A code without brackets counts at the end of the bank code only: elsewhere it may begin an account number.
    /// </summary>
    [GeneratedRegex(BankName + @" (?:\((?<2>[0-9]{3})\)|(?<2>[0-9]{3})(?=\t))" + LastPart)]
    private static partial Regex BankNameAndCodePattern();

    [GeneratedRegex(@"^(?<1>[0-9]{2})[\t ./-]?(?<2>[0-9]{3})" + LastPart)]
    private static partial Regex BranchPattern();

    [GeneratedRegex("^(?<1>[0-9]{9})" + LastPart)]
    private static partial Regex RussianBicPattern();

    [GeneratedRegex(@"^(?<1>[0-9]{4})[\t -]?(?<2>[0-9]{3})[\t -]?(?<3>普通|当座)[\t ]?(?<number>[0-9]{7})\z")]
    private static partial Regex ZenginPattern();
}
