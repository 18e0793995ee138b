namespace Dunning.Notices.Sms;

/// <summary>
/// Sends requests to another base address with the same path and query: the address in Twilio's client is fixed.
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
