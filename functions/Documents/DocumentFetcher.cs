using System.Net;
using Dunning.Configuration;
using Dunning.Http;
using Dunning.Receivables;

namespace Dunning.Documents;

/// <summary>
/// Downloads a document from the address that an invoice names. The address comes from outside: each one on the way to
/// the file must be of an allowed host and public (see <see cref="SafeHttp"/>), and neither its size nor its time is
/// without a limit.
/// </summary>
/// <param name="http">With limits of size and time, and without redirects of its own.</param>
public sealed class DocumentFetcher(HttpClient http, CreditorOptions creditor)
{
    private const int MaxRedirects = 3;

    public async Task<FetchedDocument> FetchAsync(string url, CancellationToken cancellationToken)
    {
        try
        {
            var address = new Uri(url);
            for (var redirects = 0; redirects <= MaxRedirects; redirects++)
            {
                if (!LinkHosts.Allow(address, creditor.DocumentHosts))
                    return new(DocumentFailure.NotAllowed);
                using var response = await http.GetAsync(address, cancellationToken);
                if (RedirectOf(response) is not { } next)
                    return await ReadAsync(response, cancellationToken);
                address = new Uri(address, next);
            }
            return new(DocumentFailure.NotFound);
        }
        catch (HttpRequestException refused) when (refused.InnerException is AddressNotAllowedException)
        {
            return new(DocumentFailure.NotAllowed);
        }
        catch (HttpRequestException tooLarge)
            when (tooLarge.HttpRequestError is HttpRequestError.ConfigurationLimitExceeded)
        {
            return new(DocumentFailure.TooLarge);
        }
        // A server that never ends its answer is stopped by the time-out.
        catch (Exception failure)
            when (failure is HttpRequestException or UriFormatException or NotSupportedException
                || failure is OperationCanceledException && !cancellationToken.IsCancellationRequested
            )
        {
            return new(DocumentFailure.Unreachable);
        }
    }

    private static Uri? RedirectOf(HttpResponseMessage response) =>
        response.StatusCode
            is HttpStatusCode.MovedPermanently
                or HttpStatusCode.Found
                or HttpStatusCode.SeeOther
                or HttpStatusCode.TemporaryRedirect
                or HttpStatusCode.PermanentRedirect
            ? response.Headers.Location
            : null;

    private static async Task<FetchedDocument> ReadAsync(
        HttpResponseMessage response,
        CancellationToken cancellationToken
    )
    {
        if (!response.IsSuccessStatusCode)
            return new(
                response.StatusCode is >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests
                    ? DocumentFailure.Unreachable
                    : DocumentFailure.NotFound
            );
        var content = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return FileFormat.Of(content) is { } type
            ? new(Failure: null, content, type)
            : new(DocumentFailure.NotADocument);
    }
}

/// <param name="Failure">Null when it was fetched.</param>
public sealed record FetchedDocument(DocumentFailure? Failure, byte[]? Content = null, string? ContentType = null);
