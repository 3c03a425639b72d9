from alongside.areas.register.models import Status
def status_of(pupil, on): return Status.objects.on(on).filter(pupil=pupil).first()
