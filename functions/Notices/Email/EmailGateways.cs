using Azure.Communication.Email;
using Azure.Core;
using Dunning.Configuration;

namespace Dunning.Notices.Email;

/// <summary>Creates the gateway to the configured email provider.</summary>
internal static class EmailGateways
{
    private static readonly TimeSpan _smtpTimeout = TimeSpan.FromSeconds(60);

    /// <param name="identity">For Azure Communication Services without a key.</param>
    public static IEmailGateway Create(EmailOptions options, TokenCredential identity, TimeProvider clock) =>
        options.IsSmtp
            ? new SmtpEmailGateway(Server(options), clock)
            : new AcsEmailGateway(AcsClient(options, identity), options.From, clock);

    private static SmtpOptions Server(EmailOptions options) =>
        new(options.Host!, options.Port, options.Tls, options.User, options.Password, _smtpTimeout);

    private static EmailClient AcsClient(EmailOptions options, TokenCredential identity)
    {
        // No retries inside the client: every attempt counts against the quota, and the client would hide that an
        // earlier attempt may have been accepted. The queue retries.
        var client = new EmailClientOptions { Retry = { MaxRetries = 0 } };
        return options.IsKeylessAcs
            ? new EmailClient(new Uri(options.Endpoint!), identity, client)
            : new EmailClient(options.ConnectionString, client);
    }
}
