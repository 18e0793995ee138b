using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Dunning.Notices.Email;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.Mail;
using SmtpServer.Net;
using SmtpServer.Protocol;
using SmtpServer.Storage;
using ServiceProvider = SmtpServer.ComponentModel.ServiceProvider;

namespace Dunning.Tests.Fixtures;

/// <summary>
/// A mail server on 127.0.0.1 that accepts every email and delivers none, unless a test defines other replies.
/// </summary>
internal sealed class SmtpSink : MessageStore, IAsyncDisposable
{
    public const string User = "billing";
    public const string Password = "open sesame";

    private readonly Func<string, string?> _reply;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<IPEndPoint> _endpoint = new();
    private readonly Task _running;
    private ImmutableList<ReceivedMail> _received = [];
    private int _connections;

    /// <param name="answer">
    /// The reply to a command such as <c>RCPT TO:ana@example.com</c>, or to <c>.</c> at the end of an email; null
    /// closes the connection; an empty string is the default reply.
    /// </param>
    public SmtpSink(
        Func<string, string?>? answer = null,
        MailTls tls = MailTls.None,
        X509Certificate2? certificate = null,
        bool smtpUtf8 = true
    )
    {
        _reply = answer ?? (_ => "");
        var options = new SmtpServerOptionsBuilder()
            .ServerName("sink.example")
            .Endpoint(endpoint =>
                endpoint
                    .Endpoint(new IPEndPoint(IPAddress.Loopback, 0))
                    .IsSecure(tls == MailTls.Implicit)
                    .AllowUnsecureAuthentication()
                    .Certificate(certificate)
            )
            .Build();
        var listeners = new EndpointListenerFactory();
        listeners.EndpointStarted += (_, started) => _endpoint.TrySetResult((IPEndPoint)started.LocalEndPoint);
        var services = new ServiceProvider();
        services.Add(this);
        services.Add(listeners);
        services.Add(new CommandFactory(this, smtpUtf8));
        services.Add(new DelegatingUserAuthenticator((user, password) => (user, password) == (User, Password)));
        var server = new SmtpServer.SmtpServer(options, services);
        server.SessionCreated += (_, _) => Interlocked.Increment(ref _connections);
        _running = server.StartAsync(_stop.Token);
    }

    public string Host { get; } = "127.0.0.1";

    public int Port => _endpoint.Task.GetAwaiter().GetResult().Port;

    public IReadOnlyList<ReceivedMail> Received => _received;

    /// <summary>The received commands in order, without those of the login.</summary>
    public ConcurrentQueue<string> Commands { get; } = [];

    /// <summary>The parameters after the address of each MAIL command.</summary>
    public ConcurrentQueue<string> Parameters { get; } = [];

    public int Connections => Volatile.Read(ref _connections);

    public override Task<SmtpResponse> SaveAsync(
        ISessionContext context,
        IMessageTransaction transaction,
        ReadOnlySequence<byte> buffer,
        CancellationToken cancellationToken
    )
    {
        var mail = new ReceivedMail(
            transaction.From.AsAddress(),
            [.. transaction.To.Select(to => to.AsAddress())],
            Encoding.UTF8.GetString(buffer)
        );
        try
        {
            if (Reply(".") is { } reply)
                return Task.FromResult(reply);
        }
        catch (IOException)
        {
            // The package answers 554 for an exception here, so this closes the connection.
            ((IDisposable)context.Pipe).Dispose();
            throw;
        }
        ImmutableInterlocked.Update(ref _received, list => list.Add(mail));
        return Task.FromResult(SmtpResponse.Ok);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    /// <returns>Null for the default reply.</returns>
    /// <exception cref="IOException">The connection must be closed without a reply.</exception>
    private SmtpResponse? Reply(string command)
    {
        Commands.Enqueue(command);
        var answer = _reply(command) ?? throw new IOException("The test closes the connection.");
        return answer.Length == 0
            ? null
            : new((SmtpReplyCode)int.Parse(answer.AsSpan(0, 3), CultureInfo.InvariantCulture), answer[4..]);
    }

    private sealed class CommandFactory(SmtpSink sink, bool smtpUtf8) : SmtpCommandFactory
    {
        public override SmtpCommand CreateEhlo(string domainOrAddress) => new Ehlo(domainOrAddress, smtpUtf8);

        public override SmtpCommand CreateMail(IMailbox address, IReadOnlyDictionary<string, string> parameters)
        {
            foreach (var parameter in parameters.Keys)
                sink.Parameters.Enqueue(parameter);
            ThrowReply($"MAIL FROM:{address.AsAddress()}");
            return base.CreateMail(address, parameters);
        }

        public override SmtpCommand CreateRcpt(IMailbox address)
        {
            ThrowReply($"RCPT TO:{address.AsAddress()}");
            return base.CreateRcpt(address);
        }

        public override SmtpCommand CreateData()
        {
            ThrowReply("DATA");
            return base.CreateData();
        }

        /// <summary>A server that shuts down closes the connection after its reply (RFC 5321 section 3.8).</summary>
        private void ThrowReply(string command)
        {
            if (sink.Reply(command) is { } reply)
                throw new SmtpResponseException(reply, quit: reply.ReplyCode == SmtpReplyCode.ServiceUnavailable);
        }
    }

    private sealed class Ehlo(string client, bool smtpUtf8) : EhloCommand(client)
    {
        protected override IEnumerable<string> GetExtensions(ISessionContext context) =>
            base.GetExtensions(context)
                .Where(extension => smtpUtf8 || extension != "SMTPUTF8")
                .Append("ENHANCEDSTATUSCODES");
    }
}
