using Dunning.Configuration;
using Dunning.Notices.Email;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;

namespace Dunning.Replies.Mail;

/// <summary>
/// A folder of an IMAP server (RFC 3501). It is opened for reading only, unless the settings say that a message is
/// marked or moved; nothing is ever deleted.
/// </summary>
internal sealed class ImapInbox : IDisposable
{
    /// <summary>Of a message that is too large: its headers, its text, and the name of its first attachment.</summary>
    private const int MaxBeginning = 256 * 1024;

    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(30);

    private readonly ImapClient _client = new()
    {
        Timeout = (int)_timeout.TotalMilliseconds,
        // An unreachable revocation list of a certificate authority must not stop all replies.
        CheckCertificateRevocation = false,
    };
    private readonly InboxOptions _options;
    private IMailFolder _folder = null!;

    private ImapInbox(InboxOptions options) => _options = options;

    public uint UidValidity => _folder.UidValidity;

    public static async Task<ImapInbox> OpenAsync(InboxOptions options, CancellationToken cancellationToken)
    {
        var inbox = new ImapInbox(options);
        try
        {
            await inbox.OpenAsync(cancellationToken);
            return inbox;
        }
        catch
        {
            inbox.Dispose();
            throw;
        }
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        await _client.ConnectAsync(_options.Host!, _options.Port, _options.Tls.ToSocketOptions(), cancellationToken);
        await _client.AuthenticateAsync(_options.User!, _options.Password!, cancellationToken);
        _folder = string.Equals(_options.Folder, "INBOX", StringComparison.OrdinalIgnoreCase)
            ? _client.Inbox!
            : await _client.GetFolderAsync(_options.Folder, cancellationToken);
        await _folder.OpenAsync(
            _options.AfterReading is AfterReading.Leave ? FolderAccess.ReadOnly : FolderAccess.ReadWrite,
            cancellationToken
        );
    }

    /// <summary>The messages after the one with the id, oldest first.</summary>
    /// <param name="since">Earlier ones are left out.</param>
    public async Task<IReadOnlyList<UniqueId>> FindAsync(
        uint lastUid,
        DateOnly since,
        int max,
        CancellationToken cancellationToken
    )
    {
        var after = SearchQuery.Uids(new UniqueIdRange(new UniqueId(lastUid + 1), UniqueId.MaxValue));
        var found = await _folder.SearchAsync(
            after.And(SearchQuery.DeliveredAfter(since.ToDateTime(TimeOnly.MinValue))),
            cancellationToken
        );
        // A range up to the last message contains that one, even when it is older (RFC 3501 section 6.4.8).
        return [.. found.Where(uid => uid.Id > lastUid).Order().Take(max)];
    }

    /// <returns>Null when it is no longer there.</returns>
    public async Task<(byte[] Raw, bool IsCut)?> ReadAsync(UniqueId uid, CancellationToken cancellationToken)
    {
        var request = new FetchRequest(MessageSummaryItems.UniqueId | MessageSummaryItems.Size);
        if (await _folder.FetchAsync([uid], request, cancellationToken) is not [{ Size: { } size }, ..])
            return null;
        var isCut = size > MailIntake.MaxBytes;
        try
        {
            await using var stream = isCut
                ? await _folder.GetStreamAsync(uid, 0, MaxBeginning, cancellationToken)
                : await _folder.GetStreamAsync(uid, cancellationToken);
            using var raw = new MemoryStream();
            await stream.CopyToAsync(raw, cancellationToken);
            return (raw.ToArray(), isCut);
        }
        catch (MessageNotFoundException)
        {
            return null;
        }
    }

    public async Task FinishAsync(UniqueId uid, CancellationToken cancellationToken)
    {
        switch (_options.AfterReading)
        {
            case AfterReading.MarkSeen:
                await _folder.AddFlagsAsync(uid, MessageFlags.Seen, silent: true, cancellationToken);
                break;
            case AfterReading.Move:
                var target = await _client.GetFolderAsync(_options.MoveTo!, cancellationToken);
                await _folder.MoveToAsync(uid, target, cancellationToken);
                break;
        }
    }

    public async Task CloseAsync(CancellationToken cancellationToken) =>
        await _client.DisconnectAsync(quit: true, cancellationToken);

    public void Dispose() => _client.Dispose();
}
