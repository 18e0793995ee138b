using Dunning.Configuration;

namespace Dunning.Notices.Sms;

/// <summary>What a country's operators want to know before they deliver a text message.</summary>
public enum SmsSenderRule
{
    /// <summary>No names: a number, short code or messaging service.</summary>
    NumberOnly,

    /// <summary>Besides, the brand and the campaign are registered (10DLC); Twilio refuses others with 30034.</summary>
    RegisteredNumber,

    /// <summary>A name is delivered only when it is registered there.</summary>
    RegisteredName,

    /// <summary>The name, the firm and every text are registered (DLT).</summary>
    RegisteredTexts,

    /// <summary>A name is replaced by a short code; links and numbers to call back are forbidden.</summary>
    NoLinks,
}

/// <summary>
/// The countries whose rules about senders go beyond those of the operators elsewhere, as of November 2026. Sources:
/// Twilio's SMS guidelines by country; Singapore: SSIR, January 2023; India: TRAI, TCCCPR 2018 and its direction of
/// 18 November 2025; Malaysia: MCMC, September 2024; Indonesia, Israel and Russia: registration with the operators.
/// </summary>
/// <param name="Code">ISO 3166-1 alpha-2.</param>
public sealed record SmsCountry(string Code, SmsSenderRule Rule)
{
    public static readonly IReadOnlyList<SmsCountry> All =
    [
        new("CA", SmsSenderRule.NumberOnly),
        new("ID", SmsSenderRule.RegisteredName),
        new("IL", SmsSenderRule.RegisteredName),
        new("IN", SmsSenderRule.RegisteredTexts),
        new("MY", SmsSenderRule.NoLinks),
        new("RU", SmsSenderRule.RegisteredName),
        new("SG", SmsSenderRule.RegisteredName),
        new("US", SmsSenderRule.RegisteredNumber),
    ];

    /// <summary>Whether a text from the sender of the settings is delivered there, as far as they say.</summary>
    internal bool IsOpenTo(SmsOptions options) =>
        options.SenderFor(Code) is var sender
        && (
            !sender.IsName
            || Rule switch
            {
                SmsSenderRule.NumberOnly or SmsSenderRule.RegisteredNumber => false,
                SmsSenderRule.NoLinks => true,
                _ => sender.Registered,
            }
        );
}
