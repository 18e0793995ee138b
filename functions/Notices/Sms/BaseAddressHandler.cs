namespace Dunning.Notices.Sms;

/// <summary>
/// Sends requests below another address, path and query kept: Twilio's client has its address built in.
/// </summary>
/// <param name="baseAddress">Ends with a slash.</param>
internal sealed class BaseAddressHandler(Uri baseAddress, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        if (request.RequestUri is { } address)
            request.RequestUri = new Uri(baseAddress, address.PathAndQuery.TrimStart('/'));
        return base.SendAsync(request, cancellationToken);
    }
}
