using System.Net.Sockets;
using Dunning.Configuration;
using Dunning.Receivables.Storage;
using MailKit;
using MailKit.Security;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Dunning.Replies.Mail;

/// <summary>
/// Reads the new messages of the inbox. Its position moves on only after a message is stored, and what is read twice
/// has no effect twice: a run may end anywhere, and the next one goes on.
/// </summary>
public sealed class FetchMail(
    InboxOptions options,
    MailIntake intake,
    ReceivablesTable receivables,
    TimeProvider clock,
    ILogger<FetchMail> log
)
{
    private const int MaxMessages = 50;
    private static readonly TimeSpan _maxTime = TimeSpan.FromMinutes(3);

    [Function(nameof(FetchMail))]
    public async Task Run([TimerTrigger("%FetchMailSchedule%")] TimerInfo timer, CancellationToken cancellationToken)
    {
        if (!options.IsRead)
            return;
        using var timeout = new CancellationTokenSource(_maxTime, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await ReadAsync(stop.Token);
        }
        catch (Exception failure) when (IsOfServer(failure) && !cancellationToken.IsCancellationRequested)
        {
            log.LogWarning(
                "The inbox could not be read to its end ({Status}); the next run goes on. If it stays, check Inbox__*",
                failure.GetType().Name
            );
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        using var inbox = await ImapInbox.OpenAsync(options, cancellationToken);
        var position = await StartAsync(inbox.UidValidity, cancellationToken);
        foreach (var uid in await inbox.FindAsync(position.LastUid, position.Since, MaxMessages, cancellationToken))
        {
            if (await inbox.ReadAsync(uid, cancellationToken) is var (raw, isCut))
                await intake.SaveAsync(raw, isCut, cancellationToken);
            position = position with { LastUid = uid.Id };
            await receivables.Inbox.WriteAsync(Name, position, cancellationToken);
            await inbox.FinishAsync(uid, cancellationToken);
        }
        await inbox.CloseAsync(cancellationToken);
    }

    /// <summary>With new ids of all messages, all since the first day are read again.</summary>
    private async Task<InboxPosition> StartAsync(uint uidValidity, CancellationToken cancellationToken)
    {
        var known = await receivables.Inbox.ReadAsync(Name, cancellationToken);
        if (known is not null && known.UidValidity == uidValidity)
            return known;
        var since = known?.Since ?? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-1);
        var start = new InboxPosition(uidValidity, LastUid: 0, since);
        await receivables.Inbox.WriteAsync(Name, start, cancellationToken);
        return start;
    }

    private string Name => $"{options.Host}\n{options.User}\n{options.Folder}";

    private static bool IsOfServer(Exception failure) =>
        failure
            is CommandException
                or ProtocolException
                or FolderNotFoundException
                or FolderNotOpenException
                or ServiceNotConnectedException
                or ServiceNotAuthenticatedException
                or AuthenticationException
                or SslHandshakeException
                or NotSupportedException
                or SocketException
                or IOException
                or TimeoutException
                or OperationCanceledException;
}
