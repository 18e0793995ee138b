using System.Collections.Frozen;

namespace Dunning.Replies.Mail;

/// <summary>Whether two mailboxes are of one firm.</summary>
internal static class MailDomains
{
    /// <summary>Domains where anybody gets a mailbox; of some providers in each country.</summary>
    private static readonly FrozenSet<string> _public = (
        "gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com icloud.com me.com "
        + "mac.com aol.com proton.me protonmail.com pm.me gmx.net gmx.de gmx.at gmx.ch gmx.com web.de t-online.de "
        + "freenet.de mail.de posteo.de mailbox.org mail.com zoho.com fastmail.com hey.com tutanota.com orange.fr "
        + "wanadoo.fr free.fr laposte.net sfr.fr libero.it tiscali.it virgilio.it telefonica.net terra.es mail.ru "
        + "yandex.ru yandex.com ya.ru bk.ru inbox.ru list.ru rambler.ru qq.com 163.com 126.com sina.com walla.co.il "
        + "netvision.net.il bezeqint.net mail.dk hotmail.dk btinternet.com sky.com virginmedia.com talktalk.net "
        + "comcast.net verizon.net att.net bellsouth.net cox.net shaw.ca rogers.com bigpond.com xtra.co.nz"
    )
        .Split(' ')
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] _publicNames = ["yahoo", "hotmail", "outlook", "live", "gmx", "ymail"];

    public static bool AreOfOneFirm(string one, string other) =>
        DomainOf(one) is { } domain
        && !IsPublic(domain)
        && string.Equals(domain, DomainOf(other), StringComparison.OrdinalIgnoreCase);

    private static bool IsPublic(string domain) =>
        _public.Contains(domain) || _publicNames.Contains(domain.Split('.')[0], StringComparer.OrdinalIgnoreCase);

    private static string? DomainOf(string address) =>
        address.LastIndexOf('@') is > 0 and var at && at < address.Length - 1 ? address[(at + 1)..] : null;
}
